import { PlainError } from '../plain-error.js';

/**
 * A month of a made-up city, written straight into the database by a few large statements: journal, settlement lines,
 * cash papers and bank entries that belong together, with a few exceptions planted every day.
 * Synthetic: one handheld a point, one shift and one void a day, 75 % cash with tickets, 20 % QRIS, 5 % cards.
 *
 * @typedef {{points: number, days: number, perDay: number, from: string}} MonthOptions
 * @typedef {{query: (text: string, values?: unknown[]) => Promise<unknown>}} Sql
 */

/** Payments a point and day that what is planted needs: it is at the 20th and the 40th, both QRIS. */
export const PER_DAY_MIN = 40;

/** Planted a day. @param {number} points */
export function plantedADay(points) {
  const every = (/** @type {number} */ n, /** @type {number} */ rest) =>
    Array.from({ length: points }, (_, i) => i + 1).filter((p) => p % n === rest).length;
  return { 'recorded-not-settled': every(15, 0), 'double-debit': every(30, 1), 'late-deposit': every(50, 7) };
}

/**
 * What was planted into so many days is found, and nothing else.
 * @param {readonly {pattern: string, count: number | string}[]} found @param {number} points @param {number} days
 */
export function requirePlanted(found, points, days) {
  const sorted = (/** @type {[string, number][]} */ counts) =>
    JSON.stringify(counts.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const planted = sorted(Object.entries(plantedADay(points)).map(([pattern, count]) => [pattern, count * days]));
  const there = sorted(found.map(({ pattern, count }) => [pattern, Number(count)]));
  if (there !== planted) throw new PlainError(`Found ${there}, but planted were ${planted}.`);
}

const CITY = /* sql */ `
INSERT INTO points (code, name, district) SELECT 'MDN-' || lpad(n::text, 3, '0'), 'Point ' || n, 'District ' || n % 20
  FROM generate_series(1, $1::int) AS n;
`;
const DEVICES = /* sql */ `
INSERT INTO devices (device_id, kind) SELECT 'hh-' || lpad(id::text, 4, '0'), 'handheld' FROM points ORDER BY id`;
const ASSIGNMENTS = /* sql */ `
INSERT INTO device_assignments (device_no, point_id, valid_from) SELECT device_no, device_no, '-infinity' FROM devices`;
const ACQUIRERS = /* sql */ `
INSERT INTO acquirers (code, name, channel, adapter) VALUES ('bench-qris', 'QRIS', 'qris', 'canonical'),
  ('card-bench', 'Cards', 'card', 'synthetic-card')`;
const PAYEES = /* sql */ `INSERT INTO payees (id, acquirer_code) VALUES ('ID1020000000001', 'bench-qris')`;
const RANGES = /* sql */ `
INSERT INTO ticket_ranges (prefix, from_no, to_no, state, issued_on)
SELECT 'KR' || lpad(id::text, 4, '0') || '-', 0, 999999, 'issued', $1::date - 1 FROM points`;
const ACCOUNTS = /* sql */ `
INSERT INTO bank_accounts (account, kind) VALUES ('RKUD', 'treasury'), ('COLLECT', 'collecting')`;
const FILE = /* sql */ `
INSERT INTO settlement_files (sha256, adapter, name, size, state, received_at, received_by)
VALUES ('\\x00', 'canonical', 'bench', 0, 'imported', now(), 'bench')`;

/**
 * What each day's payments have in common, $1 a point: written out once, for half of a day's cost would be its texts.
 * A record's text is a, the day's number or what is told of the payment (u), b, the other of the two, c, seq, d.
 * A mac and its predecessor are 43 characters each on the wire; here they are any.
 */
const TEMPLATE = /* sql */ `
CREATE TABLE payment_template AS
SELECT point, n, attendant, at, class, amount, method, '{"at":"' AS start,
       'T' || to_char('2000-01-01'::timestamp + at, 'HH24:MI:SS') || '+07:00","body":{"amount":' || amount || ',"attendant":"' || attendant || CASE method
         WHEN 'qris' THEN '","method":"qris","qris":{"nmid":"ID1020000000001","rrn":"'
         WHEN 'card' THEN '","card":{"issuer":"Bench","last4":"1234","panHash":"h'
         ELSE '","method":"cash","shift":"S-' || point || '-' END AS a,
       CASE method WHEN 'qris' THEN '"},"shift":"S-' || point || '-'
         WHEN 'card' THEN '","trace":"' || lpad(n::text, 6, '0') || '"},"method":"card","shift":"S-' || point || '-'
         ELSE '","tariff":"T1","ticket":"KR' || lpad(point::text, 4, '0') || '-' END AS b,
       CASE method WHEN 'cash' THEN '"' ELSE '","tariff":"T1"' END || ',"vehicleClass":"' || class || '"},"epoch":1,"mac":"' ||
         md5(n::text) || 'abcdefghijk","prev":"' || md5((n - 1)::text) || 'abcdefghijk","seq":' AS c,
       ',"type":"payment","v":1}' AS d
  FROM (SELECT p.id AS point, n, 'A-' || lpad(p.id::text, 4, '0') AS attendant, make_interval(secs => 25200 + 50400.0 * n / ($1 + 1)) AS at,
               CASE WHEN n % 3 = 0 THEN 'car' ELSE 'motorcycle' END AS class, CASE WHEN n % 3 = 0 THEN 4000 ELSE 2000 END AS amount,
               CASE WHEN n % 20 < 4 THEN 'qris' WHEN n % 20 = 4 THEN 'card' ELSE 'cash' END AS method
          FROM points p, generate_series(1, $1::int) AS n) e`;
/** Payments of a day, $1, whose number in the whole is $2, with $3 payments a point. */
const EVENTS = /* sql */ `
CREATE TEMP TABLE events AS
SELECT point, n, $2::bigint * ($3 + 3) + n + 1 AS seq, attendant, ($1::date + at) AT TIME ZONE 'Asia/Jakarta' AS at, class, amount,
       method, lpad((($2::bigint * 1000 + point) * 10000 + n)::text, 12, '0') AS rrn, lpad(n::text, 6, '0') AS trace,
       'S-' || point || '-' || $2 AS shift
  FROM payment_template`;
const PAYMENTS = /* sql */ `
INSERT INTO journal_records (device_no, epoch, seq, received_at, at, business_date, point_id, type, vehicle_class, method,
  amount, attendant, shift, record)
SELECT point, 1, seq, at + interval '1 second', at, $1::date, point, 'payment', class, method, amount, attendant, shift,
       CASE method WHEN 'cash' THEN start || $1::date || a || $2::bigint || b || lpad(($2 * $3::bigint + n)::text, 6, '0') || c || seq || d
         ELSE start || $1::date || a || rrn || b || $2 || c || seq || d END
  FROM (SELECT e.*, t.start, t.a, t.b, t.c, t.d FROM events e JOIN payment_template t USING (point, n)) e`;
/** A record of another type. */
const TEXT = `format('{"at":"%s","body":%s,"epoch":1,"mac":"%s","prev":"%s","seq":%s,"type":"%s","v":1}',
  to_char(at AT TIME ZONE 'Asia/Jakarta', 'YYYY-MM-DD"T"HH24:MI:SS"+07:00"'), body, md5(seq::text) || 'abcdefghijk',
  md5((seq - 1)::text) || 'abcdefghijk', seq, type)`;
const SHIFTS = /* sql */ `
WITH sums AS (
  SELECT point, attendant, shift, sum(amount) FILTER (WHERE method = 'cash' AND n <> 7) AS cash, min(at) AS first, max(at) AS last, min(seq) AS lo, max(seq) AS hi
    FROM events GROUP BY 1, 2, 3
), opened AS (INSERT INTO shifts (device_no, shift, attendant, opened_at, point_id) SELECT point, shift, attendant, first, point FROM sums)
, undone AS (INSERT INTO voids (device_no, epoch, seq, void_epoch, void_seq, state, decided_at)
  SELECT e.point, 1, e.seq, 1, s.hi + 2, 'effective', now() FROM events e JOIN sums s USING (point) WHERE e.n = 7)
INSERT INTO journal_records (device_no, epoch, seq, received_at, at, business_date, point_id, type, attendant, shift, record)
SELECT point, 1, seq, at, at, $1::date, point, type, attendant, shift, ${TEXT}
  FROM (SELECT *, 'shift-open' AS type, lo - 1 AS seq, first - interval '1 minute' AS at,
               format('{"attendant":"%s","float":0,"shift":"%s"}', attendant, shift) AS body FROM sums
        UNION ALL
        SELECT *, 'shift-close', hi + 1, last + interval '1 minute',
               format('{"attendant":"%s","cashDeclared":%s,"shift":"%s"}', attendant, cash, shift) FROM sums
        UNION ALL
        SELECT *, 'void', hi + 2, last + interval '2 minutes', format('{"reason":"wrong class","voids":%s}', lo + 6) FROM sums) s`;
const INCOME = /* sql */ `
INSERT INTO income_days (business_date, point_id, vehicle_class, method, attendant, count, amount)
SELECT $1, point, class, method, attendant, count(*), sum(amount) FROM events WHERE n <> 7 GROUP BY 2, 3, 4, 5`;
const SETTLEMENTS = /* sql */ `
INSERT INTO settlement_rows (key, hash, file_id, line, acquirer, channel, kind, transaction_id, part, batch_id, rrn, nmid,
  terminal, card_last4, trace, amount, fee, net, net_sen, transaction_at, settlement_date, business_date, point_id, device_no, booked_at)
SELECT acquirer || '/payment/' || id || '/', md5(id), 1, n, acquirer, method, 'payment', id, '', acquirer || '-' || $1::date,
       CASE method WHEN 'qris' THEN rrn END, CASE method WHEN 'qris' THEN 'ID1020000000001' END,
       CASE method WHEN 'card' THEN 'hh-' || lpad(point::text, 4, '0') END, CASE method WHEN 'card' THEN '1234' END,
       CASE method WHEN 'card' THEN trace END, amount, 0, amount, amount * 100, at, $1::date + 1, $1::date,
       CASE method WHEN 'card' THEN point END, CASE method WHEN 'card' THEN point END, now()
  FROM (SELECT *, CASE method WHEN 'qris' THEN 'bench-qris' ELSE 'card-bench' END AS acquirer, 'T' || rrn AS id FROM events
         WHERE method <> 'cash' AND NOT (n = 40 AND point % 15 = 0)
        UNION ALL
        SELECT *, 'bench-qris', 'T' || rrn || 'D' FROM events WHERE n = 20 AND point % 30 = 1) s`;
const PAPERS = /* sql */ `
WITH cash AS (
  SELECT point, attendant, sum(amount) FILTER (WHERE method = 'cash' AND n <> 7) AS amount FROM events WHERE point % 50 <> 7 GROUP BY 1, 2
), slip AS (
  INSERT INTO deposit_slips (number, from_kind, from_id, business_date, amount, written_at, entered_by)
  SELECT 'STS-' || $1::date, 'treasurer', 't1', $1::date + 1, sum(amount), ($1::date + 1)::timestamp + interval '4 hours', 'bench' FROM cash
), hand AS (
  INSERT INTO hand_overs (number, point_id, payer_kind, payer_id, receiver_kind, receiver_id, business_date, amount, handed_at, slip, entered_by)
  SELECT 'TBP-' || $1::date || '-' || point, point, 'attendant', attendant, 'treasurer', 't1', $1::date, amount,
         ($1::date + 1)::timestamp + interval '2 hours', 'STS-' || $1::date, 'bench' FROM cash
), entry AS (
  INSERT INTO bank_entries (key, hash, account, entry_id, direction, value_date, amount, reference, entered_by, booked_at)
  SELECT 'RKUD/CN-' || $1::date, 'h', 'RKUD', 'CN-' || $1::date, 'credit', $1::date + 1, sum(amount), 'STS-' || $1::date, 'bench', now() FROM cash
)
INSERT INTO credit_notes (bank_key, slip, entered_by) VALUES ('RKUD/CN-' || $1::date, 'STS-' || $1::date, 'bench')`;
const PAYOUTS = /* sql */ `
INSERT INTO bank_entries (key, hash, account, entry_id, direction, value_date, amount, reference, description, entered_by, booked_at)
SELECT 'RKUD/PO-' || batch_id, 'h', 'RKUD', 'PO-' || batch_id, 'credit', settlement_date, sum(net), batch_id, acquirer || ' payout', 'bench', now()
  FROM settlement_rows WHERE business_date = $1 GROUP BY batch_id, settlement_date, acquirer`;

/**
 * The city that the days are of. @param {Sql} sql
 * @param {{points: number, perDay: number, dates: string[]}} options the days that will be written
 */
export async function writeCity(sql, { points, perDay, dates }) {
  await sql.query('SELECT ensure_journal_partition(d::date) FROM unnest($1::date[]) AS d', [dates]);
  await sql.query(CITY, [points]);
  for (const statement of [DEVICES, ASSIGNMENTS, ACQUIRERS, PAYEES, ACCOUNTS, FILE]) await sql.query(statement);
  await sql.query(RANGES, [dates[0]]);
  await sql.query(TEMPLATE, [perDay]);
  await sql.query('ANALYZE payment_template');
}

/** What the days were written from, away with it. @param {Sql} sql */
export const forgetTemplate = (sql) => sql.query('DROP TABLE payment_template');

/**
 * One day of that city. @param {Sql} sql one session
 * @param {{date: string, number: number, perDay: number, rollUps: boolean}} day its number in the whole, from 0 on;
 *   without roll-ups income is in the journal alone
 */
export async function writeDay(sql, { date, number, perDay, rollUps }) {
  await sql.query(EVENTS, [date, number, perDay]);
  await sql.query(PAYMENTS, [date, number, perDay]);
  for (const statement of [SHIFTS, ...(rollUps ? [INCOME] : []), SETTLEMENTS, PAPERS, PAYOUTS])
    await sql.query(statement, [date]);
  await sql.query('DROP TABLE events');
}

/** @param {string} from @param {number} days @returns {string[]} */
export function datesFrom(from, days) {
  const first = Date.parse(`${from}T00:00:00Z`);
  return Array.from({ length: days }, (_, n) => new Date(first + n * 86_400_000).toISOString().slice(0, 10));
}

/**
 * Writes the month. @param {Sql} sql one session @param {MonthOptions} options
 * @param {(day: number) => void} onDay
 * @returns {Promise<string[]>} its business days
 */
export async function writeMonth(sql, { points, days, perDay, from }, onDay) {
  const dates = datesFrom(from, days);
  await writeCity(sql, { points, perDay, dates });
  for (const [number, date] of dates.entries()) {
    await writeDay(sql, { date, number, perDay, rollUps: true });
    onDay(number + 1);
  }
  await forgetTemplate(sql);
  return dates;
}
