import { addDays, businessDateOf, type BusinessDate } from '@app/kernel';
import { post, type SettledBatchEvent } from '@app/ledger';
import { bankEntryHash, bankEntryKey, type BankEntry, type SettlementKind, type SettlementRow } from '@app/settlement';
import { ConflictError } from '@app/registry';
import type { Sql } from '../database.js';
import { bookStanding } from './ledger-store.js';
import { askWork } from './work.js';

/** Lines in one statement: bounded memory, and few round trips. */
export const ROWS_AT_ONCE = 2_000;
const BATCHES_AT_ONCE = 1_000;

/** Point and device come from the order, else from the terminal, else from a payee that belongs to one point. */
const INSERT_ROWS = /* sql */ `
WITH given AS MATERIALIZED (
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS g (key text, hash text, line int, acquirer text, kind text,
    "transactionId" text, part text, "originalTransactionId" text, "batchId" text, "orderId" text, rrn text, nmid text,
    mid text, terminal text, "cardLast4" text, trace text, amount bigint, fee bigint, net bigint, "netSen" bigint,
    "transactionAt" bigint, "settlementDate" date, "businessDate" date)
)
INSERT INTO settlement_rows (key, hash, file_id, line, acquirer, channel, kind, transaction_id, part,
  original_transaction_id, batch_id, order_id, rrn, nmid, mid, terminal, card_last4, trace, amount, fee, net, net_sen,
  transaction_at, settlement_date, business_date, point_id, device_no, booked_at)
SELECT g.key, g.hash, $2, g.line, g.acquirer,
  coalesce(a.channel, CASE WHEN g.acquirer LIKE 'card-%' THEN 'card' ELSE 'qris' END), g.kind, g."transactionId", g.part,
  g."originalTransactionId", g."batchId", g."orderId", g.rrn, g.nmid, g.mid, g.terminal, g."cardLast4", g.trace, g.amount,
  g.fee, g.net, g."netSen", to_timestamp(g."transactionAt" / 1000.0), g."settlementDate", g."businessDate",
  coalesce(o.point_id, da.point_id, py.point_id), coalesce(o.device_no, d.device_no), $3
FROM given g
LEFT JOIN acquirers a ON a.code = g.acquirer
LEFT JOIN qris_orders o ON o.order_id = g."orderId"
LEFT JOIN devices d ON d.device_id = g.terminal
LEFT JOIN LATERAL (SELECT point_id FROM device_assignments x WHERE x.device_no = d.device_no
  AND x.valid_from <= to_timestamp(g."transactionAt" / 1000.0)
  AND (x.valid_to IS NULL OR x.valid_to > to_timestamp(g."transactionAt" / 1000.0))
  ORDER BY x.valid_from DESC LIMIT 1) da ON true
LEFT JOIN payees py ON py.id = coalesce(g.nmid, g.mid)
ORDER BY g.key ON CONFLICT (key) DO NOTHING RETURNING key`;

/** A line that may be booked, with its identity. */
export interface KeyedRow {
  line: number;
  key: string;
  hash: string;
  row: SettlementRow;
}

/** What lines touch: batches to book, and days to look at again. */
export interface Touched {
  batches: Map<string, { acquirer: string; batch: string }>;
  days: Set<BusinessDate>;
  payoutDays: Set<BusinessDate>;
}

export const untouched = (): Touched => ({ batches: new Map(), days: new Set(), payoutDays: new Set() });

/** Keeps lines; one whose key is known changes nothing. Notes what the new ones touch. @returns keys of the new ones */
export async function insertSettlementRows(
  sql: Sql,
  fileId: number,
  rows: readonly KeyedRow[],
  nowMs: number,
  touched: Touched,
): Promise<Set<string>> {
  const given = rows.map(({ line, key, hash, row }) => {
    return { ...row, line, key, hash, businessDate: businessDateOf(row.transactionAt) };
  });
  const inserted = await sql.query<{ key: string }>(INSERT_ROWS, [JSON.stringify(given), fileId, new Date(nowMs)]);
  const fresh = new Set(inserted.map(({ key }) => key));
  for (const row of given) {
    if (!fresh.has(row.key)) continue;
    touched.batches.set(JSON.stringify([row.acquirer, row.batchId]), { acquirer: row.acquirer, batch: row.batchId });
    touched.days.add(row.businessDate);
    touched.payoutDays.add(row.settlementDate);
  }
  return fresh;
}

/** Posts the batches that lines touched, and asks that their days be reconciled. */
export async function bookTouched(sql: Sql, touched: Touched, nowMs: number): Promise<void> {
  const batches = [...touched.batches.values()];
  for (let i = 0; i < batches.length; i += BATCHES_AT_ONCE)
    await bookBatches(sql, batches.slice(i, i + BATCHES_AT_ONCE), nowMs);
  // A payment near midnight may belong to a record of the day before or after, if there are any.
  const around = [...touched.days].flatMap((day) => [addDays(day, -1), addDays(day, 1)]);
  const near = await sql.query<{ day: BusinessDate }>(
    'SELECT DISTINCT business_date AS day FROM income_days WHERE business_date = ANY($1)',
    [around],
  );
  await askDays(sql, 'reconcile-day', [...touched.days, ...near.map(({ day }) => day)], nowMs);
  await askDays(sql, 'reconcile-payouts', [...touched.payoutDays], nowMs);
}

/** Takes lines into the books in the caller's transaction. @returns how many were new */
export async function takeSettlementRows(
  sql: Sql,
  fileId: number,
  rows: readonly KeyedRow[],
  nowMs: number,
): Promise<number> {
  const touched = untouched();
  let fresh = 0;
  for (let i = 0; i < rows.length; i += ROWS_AT_ONCE)
    fresh += (await insertSettlementRows(sql, fileId, rows.slice(i, i + ROWS_AT_ONCE), nowMs, touched)).size;
  await bookTouched(sql, touched, nowMs);
  return fresh;
}

async function askDays(
  sql: Sql,
  kind: 'reconcile-day' | 'reconcile-payouts',
  days: readonly BusinessDate[],
  nowMs: number,
): Promise<void> {
  const all = [...new Set(days)].map((businessDate) => ({ businessDate, pointId: null }));
  await askWork(sql, kind, all, nowMs);
}

/** Makes the ledger say what the lines of these batches add up to now. */
export async function bookBatches(
  sql: Sql,
  batches: readonly { acquirer: string; batch: string }[],
  nowMs: number,
): Promise<number> {
  const rows = await sql.query<{
    acquirer: string;
    batch: string;
    businessDate: BusinessDate;
    kind: SettlementKind;
    amount: number;
    fee: number;
    net: number;
  }>(
    `SELECT acquirer, batch_id AS batch, min(min(settlement_date)) OVER (PARTITION BY acquirer, batch_id) AS "businessDate",
            kind, sum(amount)::bigint AS amount, sum(fee)::bigint AS fee, sum(net)::bigint AS net
       FROM settlement_totals
      WHERE (acquirer, batch_id) IN (SELECT * FROM unnest($1::text[], $2::text[]))
      GROUP BY acquirer, batch_id, kind ORDER BY 1, 2, 4`,
    [batches.map((b) => b.acquirer), batches.map((b) => b.batch)],
  );
  const events = new Map<string, SettledBatchEvent>();
  for (const { acquirer, batch, businessDate, ...sum } of rows) {
    const key = JSON.stringify([acquirer, batch]);
    const event: SettledBatchEvent = events.get(key) ?? {
      type: 'settled-batch',
      acquirer,
      batch,
      businessDate,
      bookedAt: nowMs,
      sums: [],
    };
    event.sums.push(sum);
    events.set(key, event);
  }
  const standings = [...events.values()].flatMap((event) => {
    const entry = post(event);
    return entry ? [{ root: entry.id, entry }] : [];
  });
  return bookStanding(sql, standings, nowMs);
}

/** A bank entry with where it came from. */
export interface KeyedBankEntry {
  entry: BankEntry;
  /** Line of the file; null when an officer entered it. */
  line: number | null;
}

/**
 * Takes bank entries into the books, in the caller's transaction. An account nobody registered is taken for a
 * collecting one. A known entry changes nothing, whatever it says: who must know compares its hash.
 * @returns keys of those that were new
 */
export async function insertBankEntries(
  sql: Sql,
  fileId: number | null,
  entries: readonly KeyedBankEntry[],
  by: string,
  nowMs: number,
): Promise<Set<string>> {
  const given = entries.map(({ entry, line }) => ({
    ...entry,
    line,
    key: bankEntryKey(entry),
    hash: bankEntryHash(entry),
  }));
  const fresh = await sql.query<{ key: string; value_date: BusinessDate }>(
    `WITH given AS MATERIALIZED (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS g (key text, hash text, line int, account text, "entryId" text,
         direction text, "valueDate" date, amount bigint, reference text, description text)
     ), accounts AS (
       INSERT INTO bank_accounts (account, kind) SELECT DISTINCT account, 'collecting' FROM given ORDER BY 1
       ON CONFLICT DO NOTHING
     )
     INSERT INTO bank_entries (key, hash, file_id, line, account, entry_id, direction, value_date, amount, reference,
       description, entered_by, booked_at)
     SELECT key, hash, $2, line, account, "entryId", direction, "valueDate", amount, reference, description, $3, $4
       FROM given ORDER BY key ON CONFLICT (key) DO NOTHING RETURNING key, value_date`,
    [JSON.stringify(given), fileId, by, new Date(nowMs)],
  );
  await askDays(
    sql,
    'reconcile-payouts',
    fresh.map((row) => row.value_date),
    nowMs,
  );
  return new Set(fresh.map(({ key }) => key));
}

/**
 * Takes bank entries as {@link insertBankEntries} does, and insists on what they say.
 * @returns how many were new
 * @throws ConflictError when an entry is known with other content
 */
export async function takeBankEntries(
  sql: Sql,
  fileId: number | null,
  entries: readonly KeyedBankEntry[],
  by: string,
  nowMs: number,
): Promise<number> {
  const fresh = await insertBankEntries(sql, fileId, entries, by, nowMs);
  const [other] = await sql.query<{ key: string }>(
    `SELECT b.key FROM bank_entries b JOIN unnest($1::text[], $2::text[]) AS g (key, hash) USING (key)
      WHERE b.hash <> g.hash LIMIT 1`,
    [entries.map(({ entry }) => bankEntryKey(entry)), entries.map(({ entry }) => bankEntryHash(entry))],
  );
  if (other)
    throw new ConflictError(
      `The bank entry ${other.key} is known with other content.`,
      'Ask the bank which statement counts.',
    );
  return fresh.size;
}
