// Real: PostgreSQL, HTTP to an acquirer's server on this machine, its signature checked. The clock is set by the test.
import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MINUTE_MS } from '@app/kernel';
import { createAcquirer, write } from '@app/persistence';
import { TEST_NOON, TestCity, testRun } from '@app/testing';
import { QrisRepair } from './qris-repair.js';

const SECRET = 'secret of the acquirer';
const QUERY = '/v1.0/qr/qr-mpm-query';
interface Reply {
  status: number;
  body: object;
}
let city: TestCity;
let job: QrisRepair;
let server: Server;
let deviceNo: number;
let pointId: number;
/** What the acquirer says of an order; null: it hangs up. */
let replies: Map<string, Reply | null>;
let asked: string[];

beforeEach(async () => {
  replies = new Map();
  asked = [];
  server = createServer((request, response) => {
    void answer(request).then((reply) => {
      if (!reply) return request.socket.destroy();
      response.writeHead(reply.status, { 'content-type': 'application/json' }).end(JSON.stringify(reply.body));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  city = await TestCity.create();
  ({ deviceNo, pointId } = await city.device());
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const bank = { kind: 'snap', partnerId: 'US', merchantId: 'M-1', secret: SECRET, baseUrl } as const;
  await write(city.database, { username: 'admin', address: '' }, (tx) =>
    createAcquirer(tx, city.sealer, 'bank', { ...bank, payees: [{ id: 'ID-1' }] }),
  );
  job = new QrisRepair(city.core());
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await city.close();
});

/** Answers only who signs as SNAP BI says. */
async function answer(request: IncomingMessage): Promise<Reply | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const digest = createHash('sha256').update(body).digest('hex');
  const text = `POST:${QUERY}::${digest}:${String(request.headers['x-timestamp'])}`;
  const signature = createHmac('sha512', SECRET).update(text).digest('base64');
  const { originalPartnerReferenceNo: orderId } = JSON.parse(body.toString()) as { originalPartnerReferenceNo: string };
  asked.push(orderId);
  if (request.url !== QUERY || request.headers['x-signature'] !== signature)
    return { status: 401, body: { responseCode: '4015100', responseMessage: 'Unauthorized' } };
  return replies.get(orderId) ?? null;
}

const paid = (orderId: string, over: object = {}): Reply => ({
  status: 200,
  body: {
    responseCode: '2005100',
    originalReferenceNo: `REF-${orderId}`,
    originalPartnerReferenceNo: orderId,
    latestTransactionStatus: '00',
    amount: { value: '4000.00', currency: 'IDR' },
    additionalInfo: { rrn: `RRN-${orderId}`, nmid: 'ID-1', cpan: '9360001412345678903' },
    ...over,
  },
});
const UNKNOWN: Reply = { status: 404, body: { responseCode: '4045101', responseMessage: 'Transaction Not Found' } };

/** An order shown at noon for two minutes, which is due to be asked about. */
async function order(orderId: string): Promise<void> {
  await city.database.query(
    `INSERT INTO qris_orders (order_id, device_no, request_id, point_id, acquirer_code, vehicle_class, amount, qr, created_at,
       expires_at, state, next_query_at)
     VALUES ($1, $2, $1, $3, 'bank', 'car', 4000, 'qr', $4, $4::timestamptz + interval '2 minutes', 'pending', $4)`,
    [orderId, deviceNo, pointId, new Date(TEST_NOON)],
  );
}
const run = async (afterMs: number): Promise<object> => {
  city.clock.set(TEST_NOON + afterMs);
  return job.run({}, testRun);
};
const stateOf = (orderId: string): Promise<object[]> =>
  city.database.query('SELECT state, reference_no AS ref, tell FROM qris_orders WHERE order_id = $1', [orderId]);
const announced = (): Promise<object[]> =>
  city.database.query(
    `SELECT order_id AS "orderId", amount, source, payer_last4 AS last4, point_id = $1 AS here FROM announced_payments`,
    [pointId],
  );

describe('the repair of QRIS orders', () => {
  it('finds a payment whose notice was lost: the order is paid, the terminal is to be told, reconciliation has the fact', async () => {
    await order('O-1');
    replies.set('O-1', paid('O-1'));
    expect(await run(10_000)).toMatchObject({ paid: 1 });
    expect(await stateOf('O-1')).toMatchObject([{ state: 'paid', ref: 'REF-O-1', tell: true }]);
    expect(await announced()).toEqual([{ orderId: 'O-1', amount: 4000, source: 'query', last4: '8903', here: true }]);
    expect(await run(60_000)).toMatchObject({ paid: 0 });
    expect([asked, await announced()]).toEqual([['O-1'], [expect.anything()]]);
  });

  it('lets an order expire that nobody paid, goes on asking, and takes money that came late', async () => {
    await order('O-2');
    replies.set('O-2', UNKNOWN);
    expect(await run(10_000)).toMatchObject({ waiting: 1 });
    expect(await run(15_000)).toMatchObject({ waiting: 0, expired: 0 });
    expect(await run(2 * MINUTE_MS + 5_000)).toMatchObject({ expired: 1 });
    expect(await stateOf('O-2')).toMatchObject([{ state: 'expired' }]);
    replies.set('O-2', paid('O-2'));
    expect(await run(2 * MINUTE_MS + 35_000)).toMatchObject({ paid: 1 });
    expect(await stateOf('O-2')).toMatchObject([{ state: 'paid' }]);
    expect(await city.alarms()).toContainEqual(expect.stringContaining('O-2'));
  });

  it('believes no other sum than the order’s', async () => {
    await order('O-3');
    replies.set('O-3', paid('O-3', { amount: { value: '2000.00', currency: 'IDR' } }));
    await run(10_000);
    expect(await stateOf('O-3')).toMatchObject([{ state: 'pending' }]);
    expect(await city.alarms()).toContainEqual(expect.stringContaining('O-3'));
  });

  it('leaves a silent acquirer alone after a few calls, tells an officer, and makes up for it', async () => {
    const ids = Array.from({ length: 30 }, (_, n) => `S-${n}`);
    for (const id of ids) await order(id);
    const figures = (await run(10_000)) as Record<string, number>;
    expect(figures['unclear']! + figures['skipped']!).toBe(30);
    expect(asked.length).toBeLessThan(15);
    expect(await city.alarms()).toEqual(['qris-provider-away:bank']);
    for (const id of ids) replies.set(id, paid(id));
    expect(await run(10_000 + MINUTE_MS)).toMatchObject({ paid: 30 });
    expect(await city.alarms()).toEqual([]);
  });
});
