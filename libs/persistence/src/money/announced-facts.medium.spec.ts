// Real: PostgreSQL; records are written as the gateway writes them, notices are taken as the API takes them.
import { businessDateOf } from '@app/kernel';
import { createAcquirer, reconcileDate, takeAnnouncement, write } from '@app/persistence';
import { TEST_NOON, TestCity } from '@app/testing';
import { defaultRules, endOfDay } from '@app/reconciliation';
import type { PaymentNotice } from '@app/settlement';

const DAY = businessDateOf(TEST_NOON);
const ADMIN = { username: 'admin', address: '' };
let city: TestCity;

beforeEach(async () => {
  city = await TestCity.create();
  const bank = { kind: 'local', partnerId: 'B', merchantName: 'P', merchantCity: 'M', secret: 'x'.repeat(16) } as const;
  await write(city.database, ADMIN, (tx) =>
    createAcquirer(tx, city.sealer, 'bank', { ...bank, payees: [{ id: 'ID-1' }] }),
  );
});
afterEach(() => city.close());

async function order(deviceNo: number, pointId: number, orderId: string): Promise<void> {
  await city.database.query(
    `INSERT INTO qris_orders (order_id, device_no, request_id, point_id, acquirer_code, vehicle_class, amount, created_at,
       expires_at, state) VALUES ($1, $2, $1, $3, 'bank', 'car', 4000, $4, $4::timestamptz + interval '2 minutes', 'pending')`,
    [orderId, deviceNo, pointId, new Date(TEST_NOON)],
  );
}

const notice = (orderId: string | null, over: Partial<PaymentNotice> = {}): PaymentNotice => ({
  ...{
    provider: 'bank',
    referenceNo: `REF-${orderId}`,
    orderId,
    status: 'success',
    amount: 4000,
    fee: 28,
    rrn: `RRN-${orderId}`,
  },
  ...{ nmid: 'ID-1', issuer: null, payerHash: null, payerLast4: null, paidAt: TEST_NOON },
  ...over,
});
const tell = (given: PaymentNotice): Promise<unknown> =>
  city.database.transaction((sql) => takeAnnouncement(sql, given, 'notice', TEST_NOON));

/** What the day's reconciliation finds, by pattern and state. */
async function found(nowMs: number): Promise<object[]> {
  await city.database.transaction((sql) => reconcileDate(sql, DAY, { rules: defaultRules, nowMs }));
  return city.database.query(
    `SELECT e.pattern, e.state, e.amount, p.code AS point FROM exceptions e LEFT JOIN points p ON p.id = e.point_id
      WHERE e.state <> 'resolved' ORDER BY e.pattern`,
  );
}

const LATE = endOfDay(DAY, 40) + 1;

describe('a payment that an acquirer announced', () => {
  it('and nobody recorded is found before any settlement file: expected while the record may come, then mismatched', async () => {
    const { deviceNo, pointId } = await city.device();
    await order(deviceNo, pointId, 'O-1');
    await tell(notice('O-1'));
    const lost = { pattern: 'settled-not-recorded', amount: 4000, point: 'P-1' };
    expect(await found(TEST_NOON)).toEqual([{ ...lost, state: 'expected' }]);
    expect(await found(LATE)).toEqual([{ ...lost, state: 'mismatched' }]);
    // Nothing is on its way to us by a file: the books have nothing to set aside.
    expect(await city.database.query(`SELECT 1 FROM ledger_entries WHERE root LIKE 'unallocated:%'`)).toEqual([]);
  });

  it('to a printed code of ours, without any order, is found as well', async () => {
    await tell(notice(null, { referenceNo: 'REF-static' }));
    expect(await found(TEST_NOON)).toMatchObject([{ pattern: 'settled-not-recorded', point: null }]);
  });

  it('and a terminal recorded is no exception, and settles nothing', async () => {
    const { deviceNo, pointId, terminal } = await city.device();
    await order(deviceNo, pointId, 'O-2');
    await tell(notice('O-2'));
    await city.journal(
      deviceNo,
      terminal.payment({ method: 'qris', qris: { orderId: 'O-2', rrn: 'RRN-O-2', nmid: 'ID-1' } }),
    );
    expect(await found(TEST_NOON)).toEqual([
      { pattern: 'recorded-not-settled', state: 'expected', amount: 4000, point: 'P-1' },
    ]);
    expect(await city.database.query('SELECT 1 FROM waterfall_days WHERE settled_cashless <> 0')).toEqual([]);
  });

  it('and gave back is found, though a terminal recorded it', async () => {
    const { deviceNo, pointId, terminal } = await city.device();
    await order(deviceNo, pointId, 'O-3');
    await tell(notice('O-3'));
    await city.journal(
      deviceNo,
      terminal.payment({ method: 'qris', qris: { orderId: 'O-3', rrn: 'RRN-O-3', nmid: 'ID-1' } }),
    );
    await tell(notice('O-3', { status: 'refunded' }));
    expect(await found(TEST_NOON)).toMatchObject([{ pattern: 'refunded-payment', amount: 4000 }]);
  });
});
