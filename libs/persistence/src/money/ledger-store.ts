import { invariant, type BusinessDate, type Rupiah } from '@app/kernel';
import { correctionOf, entryHash, type Account, type Entry } from '@app/ledger';
import { ConflictError } from '@app/registry';
import type { Sql } from '../database.js';

const ENTRIES_AT_ONCE = 2_000;

/** An event that may be booked again with another content: what it posts now, null when it moves nothing any more. */
export interface Standing {
  /** Id of the event's entry, e.g. `day-receipts:MDN-001/2026-11-21`. */
  root: string;
  entry: Entry | null;
}

/**
 * Books entries of events that happen once. An entry that is there with the same content changes nothing.
 * @returns how many were new
 * @throws ConflictError when an id is booked with other content
 */
export async function bookOnce(sql: Sql, entries: readonly Entry[]): Promise<number> {
  let booked = 0;
  for (let i = 0; i < entries.length; i += ENTRIES_AT_ONCE)
    booked += await insertEntries(sql, entries.slice(i, i + ENTRIES_AT_ONCE));
  return booked;
}

/**
 * Makes the books say what these events post now: nothing where they say it already, else the reversal of what counted
 * and the entry anew under the next revision. Two writers at once: the second fails on the revision (SQLSTATE 23505)
 * and must look again.
 * @returns how many events were booked or corrected
 */
export async function bookStanding(sql: Sql, standings: readonly Standing[], bookedAt: number): Promise<number> {
  const known = await newestOf(
    sql,
    standings.map((standing) => standing.root),
  );
  const entries: Entry[] = [];
  let changed = 0;
  for (const { root, entry } of standings) {
    const last = known.get(root);
    const next = !last
      ? [...(entry ? [{ ...entry, bookedAt }] : [])]
      : last.reversed
        ? [...(entry ? [{ ...entry, id: `${root}~${last.revision + 1}`, bookedAt }] : [])]
        : correctionOf(last.entry, entry, last.revision + 1, bookedAt);
    if (next.length > 0) changed += 1;
    entries.push(...next);
  }
  await bookOnce(sql, entries);
  return changed;
}

interface Newest {
  entry: Entry;
  revision: number;
  reversed: boolean;
}

/** The newest revision of each event. */
async function newestOf(sql: Sql, roots: readonly string[]): Promise<Map<string, Newest>> {
  const rows = await sql.query<Omit<Entry, 'reverses'> & { root: string; revision: number; reversed: boolean }>(
    `SELECT DISTINCT ON (e.root) e.root, e.revision, e.id, e.kind, e.business_date AS "businessDate",
            e.booked_at AS "bookedAt", e.source, EXISTS (SELECT FROM ledger_entries r WHERE r.reverses = e.id) AS reversed,
            (SELECT json_agg(json_build_object('account', account, 'amount', amount) ORDER BY account COLLATE "C")
               FROM ledger_lines l WHERE l.entry_id = e.id) AS lines
       FROM ledger_entries e WHERE e.root = ANY($1) ORDER BY e.root, e.revision DESC`,
    [roots],
  );
  return new Map(
    rows.map(({ root, revision, reversed, ...entry }) => [
      root,
      { entry: { ...entry, reverses: null }, revision, reversed },
    ]),
  );
}

/** `payment:x~2` is revision 2 of `payment:x`; a reversal is an event of its own. */
function rootOf(id: string): { root: string; revision: number } {
  if (id.startsWith('reversal:')) return { root: id, revision: 0 };
  const match = /^(.*)~(\d+)$/s.exec(id);
  return match ? { root: match[1]!, revision: Number(match[2]) } : { root: id, revision: 0 };
}

async function insertEntries(sql: Sql, entries: readonly Entry[]): Promise<number> {
  if (entries.length === 0) return 0;
  const rows = entries.map((entry) => ({ ...entry, ...rootOf(entry.id), hash: entryHash(entry) }));
  invariant(new Set(rows.map((row) => row.id)).size === rows.length, 'an entry was given twice at once');
  const [done] = await sql.query<{ booked: number; conflict: string | null }>(
    `WITH given AS MATERIALIZED (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS e (id text, root text, revision int, kind text,
         "businessDate" date, "bookedAt" bigint, source text, reverses text, hash text, lines jsonb)
     ), booked AS (
       INSERT INTO ledger_entries (id, root, revision, kind, business_date, booked_at, source, reverses, hash)
       SELECT id, root, revision, kind, "businessDate", to_timestamp("bookedAt" / 1000.0), source, reverses, hash
         FROM given ORDER BY id ON CONFLICT (id) DO NOTHING RETURNING id
     ), lines AS (
       INSERT INTO ledger_lines (entry_id, account, amount)
       SELECT g.id, l.account, l.amount FROM given g JOIN booked USING (id),
         jsonb_to_recordset(g.lines) AS l (account text, amount bigint)
     )
     SELECT (SELECT count(*) FROM booked) AS booked,
            (SELECT min(g.id) FROM given g JOIN ledger_entries e USING (id) WHERE e.hash <> g.hash) AS conflict`,
    [JSON.stringify(rows)],
  );
  if (done!.conflict !== null)
    throw new ConflictError(
      `The books hold ${done!.conflict} with other content.`,
      'Correct it by a new entry; the number or reference may be taken by something else.',
    );
  return done!.booked;
}

/** Which entries a balance counts; the same as in the pure ledger, in SQL. */
export interface BalanceQuestion {
  /** ms; only what the books knew then. */
  bookedUntil?: number;
  businessDateUntil?: BusinessDate;
  /** First part of an account, e.g. `receivable` or `cash-in-hand/MDN-001`. */
  account?: string;
}

export interface Balance {
  account: Account;
  amount: Rupiah;
}

const BALANCES = /* sql */ `
SELECT l.account, sum(l.amount)::bigint AS amount
  FROM ledger_lines l JOIN ledger_entries e ON e.id = l.entry_id
 WHERE ($1::timestamptz IS NULL OR e.booked_at <= $1) AND ($2::date IS NULL OR e.business_date <= $2)
   AND ($3::text IS NULL OR l.account = $3 OR starts_with(l.account, $3 || '/'))
 GROUP BY l.account HAVING sum(l.amount) <> 0`;

/** Balances per account, debit positive; accounts at 0 are left out. */
export function balancesList(question: BalanceQuestion): {
  text: string;
  values: readonly unknown[];
  orderBy: string;
  sums: readonly string[];
} {
  const { bookedUntil, businessDateUntil, account } = question;
  const until = bookedUntil === undefined ? null : new Date(bookedUntil);
  return {
    text: BALANCES,
    values: [until, businessDateUntil ?? null, account ?? null],
    orderBy: 'account COLLATE "C"',
    sums: ['amount'],
  };
}

export async function balances(sql: Sql, question: BalanceQuestion = {}): Promise<Balance[]> {
  const { text, values, orderBy } = balancesList(question);
  return sql.query<Balance>(`${text} ORDER BY ${orderBy}`, values);
}
