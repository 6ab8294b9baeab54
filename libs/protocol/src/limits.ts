/** Bounds of protocol version 1 (docs/protocol). A terminal may rely on them; the gateway refuses what exceeds them. */

/** A message longer than this is not read: it is quarantined whole as `too-large`. */
export const PAYLOAD_BYTES_MAX = 65_536;
/** A message longer than this closes the connection. */
export const QUARANTINE_BYTES_MAX = 1_048_576;
/** Records in one journal message. */
export const BATCH_RECORDS_MAX = 100;
/** Objects and arrays inside one another, the record (or message) itself being level 1. */
export const NESTING_DEPTH_MAX = 8;
/** Every number is an integer of at most this magnitude (RFC 7493, I-JSON). */
export const INTEGER_MAX = Number.MAX_SAFE_INTEGER;
/** One fee, in rupiah. */
export const AMOUNT_RUPIAH_MAX = 10_000_000;
/** A sum of cash (drawer, cash box, float), in rupiah. */
export const CASH_SUM_RUPIAH_MAX = 1_000_000_000;
/** Identifiers and codes, in characters (code points). */
export const IDENTIFIER_CHARS_MAX = 64;
/** Reasons and messages to a person, in characters. */
export const REASON_CHARS_MAX = 200;
/**
 * `prev`, `mac` and `sig`, in characters. A MAC has 43 and a signature 86; any other text up to here is read, so that
 * it is answered as what it is (`bad-mac`, `broken-chain`) and not as a bad schema.
 */
export const MAC_CHARS_MAX = 128;
/** Ranges told in `missing` of a receipt; more are told by `"more": true`. */
export const MISSING_RANGES_MAX = 32;
/** Receipts kept for an absent persistent session. */
export const RECEIPTS_QUEUED_MAX = 1_000;
/** Unacknowledged publishes which the gateway bears on one connection. */
export const UNACKNOWLEDGED_PUBLISHES_MIN = 500;
/** Years of an instant, as written. */
export const YEAR_MIN = 2020;
export const YEAR_MAX = 2099;
/** Coordinates are integers of a millionth of a degree. */
export const LATITUDE_MICRODEGREES_MAX = 90_000_000;
export const LONGITUDE_MICRODEGREES_MAX = 180_000_000;
/** A journal key, in bytes before base64url. */
export const JOURNAL_KEY_BYTES = 32;
