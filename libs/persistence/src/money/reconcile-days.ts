import { businessDateOf, type BusinessDate } from '@app/kernel';
import { post, type UnallocatedEvent } from '@app/ledger';
import { reconcileDay, type DayOutcome, type MoneyException, type RuleBook } from '@app/reconciliation';
import type { Database, Sql } from '../database.js';
import { takeFindings } from './case-store.js';
import { replaceCashLines } from './cash-lines.js';
import { loadDayFacts, type LoadedDay } from './day-facts.js';
import { replaceExceptions, type GoneException } from './exception-store.js';
import { bookStanding } from './ledger-store.js';
import { noteTicketUses, recountTicketBlocks, usesOnOtherDays } from './ticket-uses.js';
import { continueTraces } from '../trace.js';
import { askWork, takeWork, tracesOf, type TakenWork } from './work.js';
import { replaceWaterfallDay } from './waterfall-store.js';

/** Any number: who holds this lock (with the day) reconciles that day. */
const DAY_LOCK = 7_265_010;

export interface ReconcileOptions {
  rules: RuleBook;
  nowMs: number;
  /** A running day is looked at at most this often, ms. */
  runningPauseMs: number;
}

export interface ReconciledDay {
  businessDate: BusinessDate;
  payments: number;
  matches: number;
  exceptions: number;
  expected: number;
}

/**
 * Takes the oldest day that changed and reconciles it; null when there is none. One transaction: matches, exceptions,
 * cases, waterfall and books of the day change together or not at all.
 */
export async function reconcileNextDay(database: Database, options: ReconcileOptions): Promise<ReconciledDay | null> {
  const { nowMs, runningPauseMs } = options;
  return database.transaction(async (sql) => {
    const [first] = await takeWork(sql, 'reconcile-day', {
      rowsMax: 1,
      runningFrom: businessDateOf(nowMs),
      restedUntilMs: nowMs - runningPauseMs,
    });
    if (!first) return null;
    const { businessDate } = first;
    const others = await sql.query<Pick<TakenWork, 'trace'>>(
      `DELETE FROM book_work WHERE id IN (SELECT id FROM book_work WHERE kind = 'reconcile-day' AND business_date = $1
         FOR UPDATE SKIP LOCKED) RETURNING trace`,
      [businessDate],
    );
    return continueTraces(
      'reconcile day',
      tracesOf([first, ...others]),
      { 'eparking.business_date': businessDate },
      () => reconcileDate(sql, businessDate, options),
    );
  });
}

/** While one day is read and written in the database, the other is worked out here. */
const DAYS_BESIDE = 2;

/**
 * Reconciles the days that wait, each in a transaction of its own, until none waits or `daysMax` are done. A day that
 * fails is left to the next run; the others that were begun are ended first.
 * @param options asked for each day anew: the clock goes on
 */
export async function reconcileDays(
  database: Database,
  options: () => ReconcileOptions,
  { daysMax, signal }: { daysMax: number; signal?: AbortSignal },
): Promise<ReconciledDay[]> {
  const done: ReconciledDay[] = [];
  let begun = 0;
  const lane = async (): Promise<void> => {
    while (begun < daysMax) {
      signal?.throwIfAborted();
      begun++;
      const day = await reconcileNextDay(database, options());
      if (!day) return;
      done.push(day);
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: DAYS_BESIDE }, lane));
  const failed = ended.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
  return done;
}

/** Reconciles one business day in the caller's transaction. Deterministic: twice is the same as once. */
export async function reconcileDate(
  sql: Sql,
  date: BusinessDate,
  { rules, nowMs }: Pick<ReconcileOptions, 'rules' | 'nowMs'>,
): Promise<ReconciledDay> {
  const startedAt = performance.now();
  await sql.query(`SELECT pg_advisory_xact_lock($1::int, $2::date - '2000-01-01'::date)`, [DAY_LOCK, date]);
  // Everything below looks things up by their indexes. Of a table that has just been filled PostgreSQL knows nothing
  // yet: it would read all of it at each look-up.
  await sql.query('SET LOCAL enable_seqscan = off');
  const loaded = await loadDayFacts(sql, date, rules);
  const outcome = reconcileDay(date, loaded.facts, rules, nowMs);
  await writeMatches(sql, date, outcome);
  const found = [...outcome.exceptions, ...outcome.expected];
  const gone = await replaceExceptions(sql, 'day', [date], found, nowMs);
  await bookUnallocated(sql, outcome.exceptions, gone, date, nowMs);
  await takeFindings(sql, outcome.exceptions, [...gone, ...(await inTimeAgain(sql, outcome.expected))], nowMs);
  await replaceWaterfallDay(sql, date, loaded, rules);
  await replaceCashLines(sql, date, loaded.facts, rules.cash);
  await noteTickets(sql, date, loaded, nowMs);
  const figures = {
    payments: loaded.payments.length,
    matches: outcome.matches.length,
    exceptions: outcome.exceptions.length,
    expected: outcome.expected.length,
  };
  await noteDay(sql, date, { loaded, outcome, nowMs, tookMs: Math.round(performance.now() - startedAt) });
  return { businessDate: date, ...figures };
}

/** Exceptions that a case holds and that are in time again, under changed rules or holidays. */
async function inTimeAgain(sql: Sql, expected: readonly MoneyException[]): Promise<GoneException[]> {
  return sql.query<GoneException>(
    `WITH held AS (SELECT id, case_id FROM exceptions WHERE id = ANY($1) AND case_id IS NOT NULL FOR UPDATE)
     UPDATE exceptions e SET case_id = NULL FROM held WHERE e.id = held.id RETURNING e.id, held.case_id AS "caseId"`,
    [expected.map((exception) => exception.id)],
  );
}

async function noteDay(
  sql: Sql,
  date: BusinessDate,
  run: { loaded: LoadedDay; outcome: DayOutcome; nowMs: number; tookMs: number },
): Promise<void> {
  const { loaded, outcome, nowMs, tookMs } = run;
  await sql.query(
    `INSERT INTO reconciled_days (business_date, ran_at, rule_version, records, settlements, matches, exceptions, expected,
       took_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (business_date) DO UPDATE SET ran_at = excluded.ran_at, rule_version = excluded.rule_version,
       records = excluded.records, settlements = excluded.settlements, matches = excluded.matches,
       exceptions = excluded.exceptions, expected = excluded.expected, took_ms = excluded.took_ms`,
    [
      date,
      new Date(nowMs),
      outcome.ruleVersion,
      loaded.payments.length,
      loaded.facts.settlements.length,
      outcome.matches.length,
      outcome.exceptions.length,
      outcome.expected.length,
      tookMs,
    ],
  );
}

/** Only what changed is written: most matches of a day that is looked at again are the same. */
async function writeMatches(sql: Sql, date: BusinessDate, outcome: DayOutcome): Promise<void> {
  await sql.query('DELETE FROM payment_matches WHERE business_date = $1 AND NOT id = ANY($2)', [
    date,
    outcome.matches.map((match) => match.id),
  ]);
  await sql.query(
    `INSERT INTO payment_matches AS t (id, business_date, records, settlements, cardinality, recorded, settled, rule_version)
     SELECT id, "businessDate", ARRAY(SELECT json_array_elements_text(records)),
            ARRAY(SELECT json_array_elements_text(settlements)), cardinality, recorded, settled, "ruleVersion"
       FROM json_to_recordset($1::json) AS m (id text, "businessDate" date, records json, settlements json, cardinality text,
         recorded bigint, settled bigint, "ruleVersion" text)
     ON CONFLICT (id) DO UPDATE SET business_date = excluded.business_date, records = excluded.records,
       settlements = excluded.settlements, cardinality = excluded.cardinality, recorded = excluded.recorded,
       settled = excluded.settled, rule_version = excluded.rule_version
     WHERE (t.business_date, t.records, t.settlements, t.recorded, t.settled, t.rule_version) IS DISTINCT FROM
       (excluded.business_date, excluded.records, excluded.settlements, excluded.recorded, excluded.settled,
        excluded.rule_version)`,
    [JSON.stringify(outcome.matches)],
  );
}

/** Money that was settled and that nobody recorded is set aside; when its record comes, that is taken back. */
async function bookUnallocated(
  sql: Sql,
  exceptions: readonly MoneyException[],
  gone: readonly { id: string }[],
  businessDate: BusinessDate,
  nowMs: number,
): Promise<void> {
  const now = exceptions.filter((exception) => exception.pattern === 'settled-not-recorded');
  const acquirers = await sql.query<{ key: string; acquirer: string }>(
    'SELECT key, acquirer FROM settlement_rows WHERE key = ANY($1)',
    [now.map((exception) => exception.settlement)],
  );
  const acquirerOf = new Map(acquirers.map((row) => [row.key, row.acquirer]));
  // What was only announced is not on its way to us yet: no line says so.
  const settled = now.filter((exception) => acquirerOf.has(exception.settlement ?? ''));
  const standings = settled.map((exception) => {
    const event: UnallocatedEvent = {
      type: 'unallocated',
      exception: exception.id,
      acquirer: acquirerOf.get(exception.settlement!)!,
      amount: exception.amount,
      businessDate,
      bookedAt: nowMs,
    };
    const entry = post(event);
    return { root: `unallocated:${exception.id}`, entry };
  });
  const takenBack = gone.map(({ id }) => ({ root: `unallocated:${id}`, entry: null }));
  await bookStanding(sql, [...standings, ...takenBack], nowMs);
}

/**
 * Keeps the day's serials by themselves; a serial that other days have too makes those days look again. A day that was
 * reconciled beside this one, and whose tickets were not there when this one was read, is seen now, under
 * FINDINGS_LOCK: then this day looks again too.
 */
async function noteTickets(
  sql: Sql,
  date: BusinessDate,
  { payments, ticketsNoted, facts }: LoadedDay,
  nowMs: number,
): Promise<void> {
  const withTickets = payments.filter((row) => row.ticket !== null && row.ticket !== '');
  const fresh = withTickets.filter((row) => !ticketsNoted.has(row.id));
  const voided = withTickets.filter((row) => row.voidRecord !== null);
  const serials = [...new Set(fresh.map((row) => row.ticket!))];
  await noteTicketUses(sql, fresh);
  await recountTicketBlocks(sql, [...serials, ...voided.map((row) => row.ticket!)]);
  const elsewhere = await usesOnOtherDays(sql, date, serials);
  const seen = new Set(Array.from(facts.tickets, (use) => use.record));
  const again = elsewhere.filter((use) => use.businessDate > date).map((use) => use.businessDate);
  if (elsewhere.some((use) => !seen.has(use.record))) again.push(date);
  const days = [...new Set(again)].map((businessDate) => ({ businessDate, pointId: null }));
  await askWork(sql, 'reconcile-day', days, nowMs);
}
