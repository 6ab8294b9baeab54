import { addDays, type BusinessDate } from '@app/kernel';
import { post } from '@app/ledger';
import { reconcilePayouts, type BatchFact, type CreditFact, type PayoutOutcome } from '@app/reconciliation';
import type { Database, Sql } from '../database.js';
import { takeFindings } from './case-store.js';
import { linkCreditNotes } from './deposit-store.js';
import { replaceExceptions } from './exception-store.js';
import { bookOnce } from './ledger-store.js';
import type { ReconcileOptions } from './reconcile-days.js';
import { askWork, takeWork } from './work.js';

const PAYOUT_LOCK = 7_265_011;
const WORK_DAYS_MAX = 400;
/** Days around those that changed whose payouts are decided anew, and beyond them days that only give context. */
const DECIDED_DAYS = 7;
const CONTEXT_DAYS = 7;

/** A credit belongs to the acquirer that it names: by batch, or by the beginning of what the bank wrote. */
const CREDITS = /* sql */ `
SELECT b.key AS id, b.account, b.entry_id AS "entryId", b.direction, b.value_date AS "valueDate", b.amount, b.reference,
       b.description, coalesce(b.acquirer,
         (SELECT min(s.acquirer) FROM settlement_totals s WHERE s.batch_id = b.reference),
         (SELECT min(a.code) FROM acquirers a WHERE starts_with(lower(b.description), a.code)
            OR starts_with(lower(b.description), lower(a.name)))) AS acquirer, k.kind AS "accountKind"
  FROM bank_entries b JOIN bank_accounts k USING (account)
 WHERE b.direction = 'credit' AND b.value_date BETWEEN $1 AND $2
   AND NOT EXISTS (SELECT FROM credit_notes c WHERE c.bank_key = b.key) ORDER BY b.key`;

const BATCHES = /* sql */ `
SELECT acquirer, batch_id AS "batchId", min(settlement_date) AS "settlementDate", sum(lines)::bigint AS rows,
       sum(CASE kind WHEN 'payment' THEN net_sen ELSE -net_sen END)::bigint AS "netSen"
  FROM settlement_totals
 WHERE (acquirer, batch_id) IN (SELECT acquirer, batch_id FROM settlement_totals WHERE settlement_date BETWEEN $1 AND $2)
 GROUP BY 1, 2`;

/**
 * Takes the settlement days that changed and holds acquirers' payouts against bank credits around them; null when there
 * is nothing to do. One transaction.
 */
export async function reconcileNextPayouts(
  database: Database,
  { rules, nowMs }: ReconcileOptions,
): Promise<{ days: number; matches: number; exceptions: number } | null> {
  return database.transaction(async (sql) => {
    await sql.query('SELECT pg_advisory_xact_lock($1)', [PAYOUT_LOCK]);
    const far = { runningFrom: '2100-01-01', restedUntilMs: nowMs };
    const work = await takeWork(sql, 'reconcile-payouts', { rowsMax: WORK_DAYS_MAX, ...far });
    if (work.length === 0) return null;
    await linkCreditNotes(sql, 'system', nowMs);
    const days = work.map((item) => item.businessDate).sort();
    const [from, to] = [addDays(days[0]!, -DECIDED_DAYS), addDays(days.at(-1)!, DECIDED_DAYS)];
    const { batches, credits } = await loadPayouts(sql, from, to);
    const outcome = reconcilePayouts(batches, credits, rules, nowMs);
    const inside = (date: BusinessDate): boolean => date >= from && date <= to;
    const exceptions = outcome.exceptions.filter((item) => inside(item.businessDate));
    const expected = outcome.expected.filter((item) => inside(item.businessDate));
    await writePayoutMatches(
      sql,
      outcome.matches.filter((match) => inside(match.settlementDate)),
      [from, to],
      nowMs,
    );
    await bookCredits(sql, credits, nowMs);
    const decided = datesBetween(from, to);
    const gone = await replaceExceptions(sql, 'payouts', decided, [...exceptions, ...expected], nowMs);
    await takeFindings(sql, exceptions, gone, nowMs);
    return { days: days.length, matches: outcome.matches.length, exceptions: exceptions.length };
  });
}

type KnownCredit = CreditFact & { accountKind: 'collecting' | 'treasury' };

/** Batches and credits of these settlement days, and of days around them that give context. */
export async function loadPayouts(
  sql: Sql,
  from: BusinessDate,
  to: BusinessDate,
): Promise<{ batches: BatchFact[]; credits: KnownCredit[] }> {
  const window = [addDays(from, -CONTEXT_DAYS), addDays(to, CONTEXT_DAYS)];
  const batches = await sql.query<BatchFact>(BATCHES, window);
  return { batches, credits: await sql.query<KnownCredit>(CREDITS, window) };
}

function datesBetween(from: BusinessDate, to: BusinessDate): BusinessDate[] {
  const dates: BusinessDate[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) dates.push(date);
  return dates;
}

/** Every credit that an acquirer sent is in the bank, explained or not. */
async function bookCredits(sql: Sql, credits: readonly KnownCredit[], nowMs: number): Promise<void> {
  const entries = credits.flatMap(({ id, acquirer, account, accountKind, amount, valueDate }) => {
    if (acquirer === null) return [];
    const event = { type: 'payout-credit', bankEntry: id, acquirer, account, accountKind, amount } as const;
    return post({ ...event, businessDate: valueDate, bookedAt: nowMs }) ?? [];
  });
  await bookOnce(sql, entries);
}

/** Days whose payments became final, or are not any more, are asked for again. */
async function writePayoutMatches(
  sql: Sql,
  matches: PayoutOutcome['matches'],
  [from, to]: [BusinessDate, BusinessDate],
  nowMs: number,
): Promise<void> {
  const changed = await sql.query<{ acquirer: string; batches: string[] }>(
    `DELETE FROM payout_matches t WHERE settlement_date BETWEEN $1 AND $2 AND NOT EXISTS (
       SELECT FROM jsonb_to_recordset($3::jsonb) AS m (id text, credits jsonb, batches jsonb)
        WHERE m.id = t.id AND to_jsonb(t.credits) = m.credits AND to_jsonb(t.batches) = m.batches)
     RETURNING acquirer, batches`,
    [from, to, JSON.stringify(matches)],
  );
  const added = await sql.query<{ acquirer: string; batches: string[] }>(
    `INSERT INTO payout_matches (id, acquirer, settlement_date, batches, credits, cardinality, settled, credited, rule_version)
     SELECT id, acquirer, "settlementDate", ARRAY(SELECT json_array_elements_text(batches)),
            ARRAY(SELECT json_array_elements_text(credits)), cardinality, settled, credited, "ruleVersion"
       FROM json_to_recordset($1::json) AS m (id text, acquirer text, "settlementDate" date, batches json, credits json,
         cardinality text, settled bigint, credited bigint, "ruleVersion" text)
     ON CONFLICT (id) DO NOTHING RETURNING acquirer, batches`,
    [JSON.stringify(matches)],
  );
  const touched = [...changed, ...added].flatMap(({ acquirer, batches }) =>
    batches.map((batch) => ({ acquirer, batch })),
  );
  const days = await sql.query<{ businessDate: BusinessDate }>(
    `SELECT DISTINCT business_date AS "businessDate" FROM settlement_totals
      WHERE (acquirer, batch_id) IN (SELECT * FROM unnest($1::text[], $2::text[]))`,
    [touched.map((item) => item.acquirer), touched.map((item) => item.batch)],
  );
  await askWork(
    sql,
    'reconcile-day',
    days.map(({ businessDate }) => ({ businessDate, pointId: null })),
    nowMs,
  );
}
