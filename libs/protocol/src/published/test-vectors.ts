import { canonicalJsonWithout } from '../canonical-json.js';

/** HMAC-SHA-256 or Ed25519 over UTF-8 text, base64url without padding: how a terminal seals a record. */
export type Seal = (text: string) => string;

/** base64url without padding of SHA-256 over UTF-8 text. */
export type Digest = (text: string) => string;

export interface VectorRecord {
  readonly what: string;
  /** The payload as the terminal publishes it, byte for byte. */
  readonly sent: string;
  /** What the MAC is computed over. */
  readonly canonical: string;
  readonly mac: string;
  /** `of` in the receipt of that payload. */
  readonly of: string;
}

/** The 32 bytes 00 01 02 … 1f, in base64url: never to be used for anything but tests. */
export const VECTOR_KEY = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8';

/** How each record is written on the wire: the same content may be spelt in many ways. */
type Spelling = (record: Record<string, unknown>) => string;

const plainly: Spelling = (record) => JSON.stringify(record);
const spelledAtLength: Spelling = (record) =>
  JSON.stringify(Object.fromEntries(Object.entries(record).reverse()), null, 1)
    .replace('"amount": 4000', '"amount": 4e3')
    .replace('"float": 100000', '"float": 100000.0')
    .replace('é', '\\u00e9');

const unsealed: readonly { what: string; spelling: Spelling; record: Record<string, unknown> }[] = [
  {
    what: 'a shift opens; every number that is an integer may be spelt in any way, and the order of keys is free',
    spelling: spelledAtLength,
    record: {
      v: 1,
      epoch: 1,
      seq: 1,
      type: 'shift-open',
      at: '2026-11-21T07:00:00+07:00',
      body: { shift: 'S-1', attendant: 'JP-0001', float: 100000 },
    },
  },
  {
    what: 'a payment, with text beyond ASCII and a field of the maker',
    spelling: spelledAtLength,
    record: {
      v: 1,
      epoch: 1,
      seq: 2,
      type: 'payment',
      at: '2026-11-21T09:15:02.250+07:00',
      body: {
        vehicleClass: 'car',
        amount: 4000,
        method: 'cash',
        tariff: 'MDN-2026-CAR',
        shift: 'S-1',
        attendant: 'JP-0001',
        loc: { lat: 3589500, lon: 98673800, acc: 12 },
        note: 'Café "Kenanga"\n🛵',
      },
    },
  },
  {
    what: 'that payment is voided',
    spelling: plainly,
    record: {
      v: 1,
      epoch: 1,
      seq: 3,
      type: 'void',
      at: '2026-11-21T09:16:40+07:00',
      body: { voids: 2, reason: 'wrong vehicle class' },
    },
  },
];

/** Three records of one chain, sealed with `seal` under the field that it fills. */
export function vectorRecords(field: 'mac' | 'sig', seal: Seal, digest: Digest): VectorRecord[] {
  let prev = '';
  return unsealed.map(({ what, spelling, record }) => {
    const chained = { ...record, prev };
    const canonical = canonicalJsonWithout(chained, field);
    const mac = seal(canonical);
    prev = mac;
    const sent = spelling({ ...chained, [field]: mac });
    return { what, sent, canonical, mac, of: digest(sent) };
  });
}
