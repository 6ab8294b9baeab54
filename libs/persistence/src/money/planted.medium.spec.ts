// Real: PostgreSQL. Months with exceptions planted among honest oddities, brought in through the stores.
import { addDays, type BusinessDate } from '@app/kernel';
import { defaultRules } from '@app/reconciliation';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { journalId, plantIntoDatabase } from '../../../testing/src/plant-database.js';
import { plantExceptions, type PlantedWorld } from '../../../testing/src/plant-exceptions.js';
import { openDatabase, type Database } from '../database.js';
import { askWork } from './work.js';
import { ledgerFaults, type LedgerFault } from './ledger-check.js';
import { balances } from './ledger-store.js';
import { postDays } from './post-days.js';
import { reconcileDays } from './reconcile-days.js';
import { reconcileNextPayouts } from './reconcile-payouts.js';

const SEED = 41;
let test: TestDatabase;
let database: Database;
let world: PlantedWorld;

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase({ url: test.url, poolSizeMax: 4 });
  world = plantExceptions({
    seed: SEED,
    from: '2026-10-05',
    points: 8,
    days: 21,
    perPattern: 3,
    digitalPerPointDay: 6,
  });
  await plantIntoDatabase(database, world, world.longAfter);
  await askEverything();
  await workOff();
}, 120_000);
afterAll(async () => {
  await database.close();
  await test.drop();
});

const options = () => ({ rules: defaultRules, nowMs: world.longAfter, runningPauseMs: 0 });

async function askEverything(): Promise<void> {
  const points = await database.query<{ id: number }>('SELECT id FROM points');
  const days = [...world.days, addDays(world.days.at(-1)!, 1)];
  const pairs = days.flatMap((businessDate) => points.map(({ id }) => ({ businessDate, pointId: id })));
  await askWork(database, 'post-day', pairs, world.longAfter);
  const whole = days.map((businessDate) => ({ businessDate, pointId: null }));
  await askWork(database, 'reconcile-day', whole, world.longAfter);
  await askWork(database, 'reconcile-payouts', whole, world.longAfter);
}

async function workOff(): Promise<void> {
  while ((await postDays(database, { ...options(), pointDaysMax: 100 })).days > 0);
  for (let busy = true; busy;) {
    busy = (await reconcileNextPayouts(database, options())) !== null;
    if ((await reconcileDays(database, options, { daysMax: 100 })).length > 0) busy = true;
  }
}

interface Found {
  pattern: string;
  record: string | null;
  settlement: string | null;
  businessDate: BusinessDate;
  subject: string;
  amount: number;
}
const textOf = (item: Found): string =>
  [item.pattern, item.record, item.settlement, item.businessDate, item.subject, item.amount].join(' | ');

describe(`exceptions planted in the database (seed ${SEED})`, () => {
  it('are all found and none invented, each attributed to the right record, line, subject, day and sum', async () => {
    const found = await database.query<Found>(
      `SELECT pattern, record, settlement, business_date AS "businessDate", subject_id AS subject, amount FROM exceptions
        WHERE state = 'mismatched'`,
    );
    // A refund that names no order of ours tells the acquirer, but no point.
    const strange = new Set(
      world.all.settlements.filter((row) => row.channel === 'qris' && !row.orderId).map((row) => row.id),
    );
    const planted = world.planted.map((item) => ({
      ...item,
      record: item.record && journalId(item.record),
      subject: strange.has(item.settlement ?? '') ? 'dana' : item.subject,
    }));
    expect(found.map(textOf).sort()).toEqual(planted.map(textOf).sort());
    expect(await database.query(`SELECT 1 FROM exceptions WHERE state = 'expected'`)).toEqual([]);
  });

  it('have every used ticket in its hundred at the first look', async () => {
    const counted = await database.query('SELECT prefix, block, used FROM ticket_blocks ORDER BY 1, 2');
    const truth = await database.query(
      `SELECT regexp_replace(serial, '[0-9]{1,15}$', '') AS prefix,
              (substring(serial FROM '[0-9]{1,15}$')::bigint + 99) / 100 AS block,
              count(DISTINCT serial) FILTER (WHERE v.device_no IS NULL)::int AS used
         FROM ticket_uses u LEFT JOIN voids v ON v.device_no = u.device_no AND v.epoch = u.epoch AND v.seq = u.seq
          AND v.state = 'effective'
        WHERE serial ~ '[0-9]$' GROUP BY 1, 2 ORDER BY 1, 2`,
    );
    expect(truth.length).toBeGreaterThan(0);
    expect(counted).toEqual(truth);
  });

  it('each stand in one case of their subject and pattern, and a case holds nothing else', async () => {
    const [sums] = await database.query<Record<string, number>>(
      `SELECT (SELECT count(*) FROM cases) AS cases, (SELECT count(DISTINCT (pattern, subject_kind, subject_id)) FROM exceptions) AS subjects,
              (SELECT sum(findings)::bigint FROM cases) AS findings, (SELECT count(case_id) FROM exceptions) AS held`,
    );
    expect(sums!['cases']).toBe(sums!['subjects']);
    expect([sums!['findings'], sums!['held']]).toEqual([world.planted.length, world.planted.length]);
  });

  it('change nothing when everything is looked at again', async () => {
    const state = () =>
      database.query(
        `SELECT (SELECT count(*) FROM ledger_entries) AS entries, (SELECT count(*) FROM case_events) AS events,
                (SELECT md5(string_agg(m::text, '' ORDER BY id)) FROM payment_matches m) AS matches,
                (SELECT md5(string_agg(w::text, '' ORDER BY business_date, point_id)) FROM waterfall_days w) AS waterfall,
                (SELECT md5(string_agg((id, state, amount, evidence, details)::text, '' ORDER BY id)) FROM exceptions) AS exceptions`,
      );
    const before = await state();
    await askEverything();
    await workOff();
    expect(await state()).toEqual(before);
  });
});

describe('the books of the planted months', () => {
  it('stand up to the check, which tells what is not booked', async () => {
    const after = addDays(world.days.at(-1)!, 2);
    expect(await ledgerFaults(database, after, 10)).toEqual([]);
    const wrong = await database
      .transaction(async (sql) => {
        await sql.query(`INSERT INTO income_days VALUES ('2026-10-06', 1, 'car', 'free', 'x', 1, 777)`);
        const faults = await ledgerFaults(sql, after, 10);
        throw Object.assign(new Error('taken back'), { faults });
      })
      .catch((error: { faults: LedgerFault[] }) => error.faults);
    expect(wrong.map(({ check, booked, truth }) => [check, truth - booked])).toEqual([['journal', 777]]);
  });

  it('sum to zero, and equal journal, settlements and deposits', async () => {
    const all = await balances(database);
    expect(all.reduce((sum, balance) => sum + balance.amount, 0)).toBe(0);
    const of = (type: string): number =>
      all.filter((b) => b.account.split('/')[0] === type).reduce((sum, b) => sum + b.amount, 0);
    const [truth] = await database.query<Record<string, number>>(
      `SELECT (SELECT sum(amount)::bigint FROM income_days) AS income,
              (SELECT sum(CASE kind WHEN 'payment' THEN fee ELSE -fee END)::bigint FROM settlement_rows) AS fees,
              (SELECT sum(b.amount)::bigint FROM credit_notes JOIN bank_entries b ON b.key = bank_key) AS treasury,
              (SELECT sum(amount)::bigint FROM bank_entries WHERE account = 'col') AS bank,
              (SELECT sum(amount)::bigint FROM hand_overs) - (SELECT sum(amount)::bigint FROM deposit_slips) AS treasurer`,
    );
    expect([-of('gross-retribution'), of('fees'), of('treasury-account'), of('bank'), of('treasurer')]).toEqual([
      truth!['income'],
      truth!['fees'],
      truth!['treasury'],
      truth!['bank'],
      truth!['treasurer'],
    ]);
  });
});
