// Real: PostgreSQL; records are written as the gateway writes them, files are imported as the worker imports them.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { businessDateOf } from '@app/kernel';
import { askWork, createAcquirer, importFile, keepFile, ledgerFaults, reconcileNextDay, write } from '@app/persistence';
import { TEST_NOON, TestCity } from '@app/testing';
import { defaultRules, endOfDay } from '@app/reconciliation';

const DAY = businessDateOf(TEST_NOON);
const ADMIN = { username: 'admin', address: '' };
const LATE = endOfDay(DAY, 40) + 1;
const HEADER =
  'acquirer,kind,transaction_id,part,original_transaction_id,batch_id,order_id,amount,fee,nmid,transaction_at,settlement_date';
let city: TestCity;
let device: Awaited<ReturnType<TestCity['device']>>;

beforeEach(async () => {
  city = await TestCity.create();
  device = await city.device();
  const bank = { kind: 'local', partnerId: 'B', merchantName: 'P', merchantCity: 'M', secret: 'x'.repeat(16) } as const;
  await write(city.database, ADMIN, (tx) =>
    createAcquirer(tx, city.sealer, 'bank', { ...bank, payees: [{ id: 'ID-1' }] }),
  );
});
afterEach(() => city.close());

const line = (
  id: string,
  orderId: string,
  amount: number,
  { kind = 'payment', part = '', original = '' } = {},
): string =>
  `bank,${kind},${id},${part},${original},B1,${orderId},${amount},0,ID-1,2026-11-20T12:00:00+07:00,2026-11-21`;

/** A settlement file comes in. */
async function settle(...lines: string[]): Promise<void> {
  const bytes = Buffer.from([HEADER, ...lines, ''].join('\n'));
  const sha256 = createHash('sha256').update(bytes).digest();
  const file = { adapter: 'canonical', name: 'f.csv', size: bytes.length, sha256, source: 'upload' as const };
  const { id } = await write(city.database, ADMIN, (tx) => keepFile(tx, file, Readable.from([bytes]), LATE));
  await importFile(city.database, id, { nowMs: LATE });
  const errors = await city.database.query('SELECT message FROM settlement_file_errors WHERE file_id = $1', [id]);
  expect(errors).toEqual([]);
}

/** Terminals that know no rrn send an empty one: it ties nothing together. */
async function record(...orderIds: string[]): Promise<void> {
  for (const orderId of orderIds)
    await city.journal(
      device.deviceNo,
      device.terminal.payment({ method: 'qris', qris: { orderId, rrn: '', nmid: 'ID-1' } }),
    );
  await askWork(city.database, 'reconcile-day', [{ businessDate: DAY, pointId: null }], LATE);
}

/** Reconciles what asked for it. @returns exceptions that stand, matches, and days that were looked at */
async function reconciled(nowMs = LATE) {
  const days: string[] = [];
  const options = { rules: defaultRules, nowMs, runningPauseMs: 0 };
  for (
    let day = await reconcileNextDay(city.database, options);
    day;
    day = await reconcileNextDay(city.database, options)
  )
    days.push(day.businessDate);
  const found = await city.database.query<{ text: string }>(
    `SELECT pattern || ' ' || amount || ' ' || state AS text FROM exceptions WHERE state <> 'resolved' ORDER BY 1`,
  );
  const matches = await city.database.query<{ text: string }>(
    `SELECT cardinality || ' ' || recorded || ' ' || settled AS text FROM payment_matches ORDER BY 1`,
  );
  return { days, found: found.map(({ text }) => text), matches: matches.map(({ text }) => text) };
}
const entries = async (kind: string): Promise<string[]> =>
  (
    await city.database.query<{ id: string }>('SELECT id FROM ledger_entries WHERE kind = $1 ORDER BY booked_at, id', [
      kind,
    ])
  ).map(({ id }) => id);

describe('a settlement file that comes late', () => {
  it('opens its day again, and its batch is corrected by a reversal and a new entry', async () => {
    await record('O-1', 'O-2');
    expect(await reconciled()).toMatchObject({
      found: Array(2).fill('recorded-not-settled 4000 mismatched'),
      matches: [],
    });
    await settle(line('T-1', 'O-1', 4000));
    expect(await reconciled()).toEqual({
      days: [DAY],
      found: ['recorded-not-settled 4000 mismatched'],
      matches: ['1:1 4000 4000'],
    });
    const before = await entries('settled-batch');
    await settle(line('T-2', 'O-2', 4000));
    expect(await reconciled()).toEqual({ days: [DAY], found: [], matches: Array(2).fill('1:1 4000 4000') });
    expect(before).toEqual(['settled-batch:bank/B1']);
    expect(await entries('settled-batch')).toEqual(expect.arrayContaining([...before, 'settled-batch:bank/B1~1']));
    expect((await ledgerFaults(city.database, '2026-01-01', 9)).map((fault) => fault.check)).toEqual([]);
  });

  it('sets aside what nobody recorded, until its late record takes that back', async () => {
    await settle(line('T-1', 'O-1', 4000));
    expect(await reconciled()).toMatchObject({ found: ['settled-not-recorded 4000 mismatched'] });
    expect(await entries('unallocated')).toHaveLength(1);
    await record('O-1');
    expect(await reconciled()).toEqual({ days: [DAY], found: [], matches: ['1:1 4000 4000'] });
    const [left] = await city.database.query(
      `SELECT coalesce(sum(amount), 0)::bigint AS amount FROM ledger_lines WHERE account LIKE 'unallocated-settlement/%'`,
    );
    expect(left).toEqual({ amount: 0 });
  });
});

describe('lines of a settlement file', () => {
  it('match several records as one sum, and one record in parts that come in two files', async () => {
    await record('O-1', 'O-1', 'O-2');
    await settle(line('T-1', 'O-1', 8000), line('T-2', 'O-2', 1500, { part: 'balance' }));
    expect(await reconciled()).toMatchObject({
      found: ['amount-mismatch 2500 mismatched'],
      matches: ['2:1 8000 8000'],
    });
    await settle(line('T-2', 'O-2', 2500, { part: 'voucher' }));
    expect(await reconciled()).toEqual({ days: [DAY], found: [], matches: ['1:1 4000 4000', '2:1 8000 8000'] });
  });

  it.each(['refund', 'cancel'])('that %s a payment are found, and booked as given back', async (kind) => {
    await record('O-1');
    await settle(line('T-1', 'O-1', 4000), line('R-1', 'O-1', 4000, { kind, original: 'T-1' }));
    expect(await reconciled()).toMatchObject({ found: ['refunded-payment 4000 mismatched'], matches: [] });
    expect(
      await city.database.query(`SELECT account, sum(amount)::bigint AS amount FROM ledger_lines
        WHERE account LIKE 'refunds/%' OR account LIKE 'payout-due/%' GROUP BY 1 HAVING sum(amount) <> 0`),
    ).toEqual([{ account: 'refunds/bank', amount: 4000 }]);
  });
});
