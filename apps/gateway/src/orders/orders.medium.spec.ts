// Real: PostgreSQL, the gateway on its ports, MQTT clients, a provider that answers over HTTP (made here).
import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { changeAcquirer, createAcquirer, openDatabase, takeAnnouncement, write, type Database } from '@app/persistence';
import { localOffer, parseQris, type PaymentNotice } from '@app/settlement';
import { createTestDatabase, eventually, type TestDatabase } from '@app/testing';
import { ADMIN, provision, sealer, startGateway, Terminal, type TestGateway } from '../gateway.spec-support.js';

const NMID = 'ID1020304050607';

interface Offer {
  requestId: string;
  orderId: string;
  qr: string;
  expiresAt: string;
}

let server: TestDatabase;
let database: Database;
let gateway: TestGateway;
let provider: Server;
/** How the provider answers; a test sets it. */
let answer: (body: { partnerReferenceNo: string; amount: { value: string } }) => Promise<[number, object]>;
/** Headers of its calls. */
const asked: Record<string, string | string[] | undefined>[] = [];
const terminals: Terminal[] = [];
let next = 0;

const codeFor = (orderId: string, amount: number, nmid = NMID): string => {
  const payee = { nmid, merchantName: 'PARKIR MEDAN', merchantCity: 'MEDAN' };
  const qr = localOffer({ orderId, device: 'x', amount }, payee);
  return qr.ok ? qr.value : '';
};
const good: typeof answer = ({ partnerReferenceNo: orderId, amount }) => {
  const qrContent = codeFor(orderId, Number(amount.value));
  return Promise.resolve([200, { responseCode: '2004700', referenceNo: `REF-${orderId}`, qrContent }]);
};

beforeAll(async () => {
  server = await createTestDatabase();
  database = openDatabase({ url: server.url });
  provider = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      asked.push(request.headers);
      void answer(JSON.parse(Buffer.concat(chunks).toString())).then(([status, body]) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
    });
  });
  await new Promise<void>((done) => provider.listen(0, '127.0.0.1', done));
  const { port } = provider.address() as AddressInfo;
  await write(database, ADMIN, (tx) =>
    createAcquirer(tx, sealer, 'bank', {
      kind: 'snap',
      partnerId: 'BANK',
      baseUrl: `http://127.0.0.1:${port}`,
      merchantId: 'M-1',
      secret: randomBytes(24).toString('hex'),
      payees: [{ id: NMID }],
    }),
  );
  gateway = await startGateway(server.urlFor('gateway'), { env: { EPARKING_QRIS_PROVIDER_MAX: '500ms' } });
});
beforeEach(() => (answer = good));
afterEach(async () => {
  for (const terminal of terminals.splice(0)) await terminal.client.endAsync(true);
});
afterAll(async () => {
  await gateway.stop();
  provider.closeAllConnections();
  provider.close();
  await database.close();
  await server.drop();
});

async function newTerminal(): Promise<Terminal> {
  const terminal = await Terminal.connect(gateway.mqtt, await provision(database, `hh-${1000 + ++next}`));
  terminals.push(terminal);
  await terminal.listen('#');
  return terminal;
}

const request = (terminal: Terminal, requestId: string, amount = 4000): Promise<void> =>
  terminal.publish('requests', { v: 1, requestId, at: new Date().toISOString(), vehicleClass: 'car', amount });
const told = (terminal: Terminal): Record<string, unknown>[] => terminal.messages('payments');

async function offer(terminal: Terminal, requestId: string, amount = 4000): Promise<Offer> {
  await request(terminal, requestId, amount);
  return eventually(() => {
    const found = told(terminal).find((message) => message.requestId === requestId && 'qr' in message);
    if (!found) throw new Error(`no offer: ${JSON.stringify(told(terminal))}`);
    return found as unknown as Offer;
  });
}

const notice = (orderId: string, over: Partial<PaymentNotice> = {}): PaymentNotice => ({
  provider: 'bank',
  referenceNo: `REF-${orderId}`,
  orderId,
  status: 'success',
  amount: 4000,
  fee: null,
  rrn: `RRN-${orderId.slice(-6)}`,
  nmid: NMID,
  issuer: null,
  payerHash: null,
  payerLast4: null,
  paidAt: null,
  ...over,
});
const announce = (orderId: string, over: Partial<PaymentNotice> = {}): Promise<unknown> =>
  database.transaction((sql) => takeAnnouncement(sql, notice(orderId, over), 'notice', Date.now()));

describe('a terminal that asks for a code', () => {
  it('is offered one that says amount, order and our merchant id; then is told that it was paid', async () => {
    const terminal = await newTerminal();
    const { orderId, qr, expiresAt } = await offer(terminal, 'r-1');
    const code = parseQris(qr);
    expect(code.ok && code.value).toMatchObject({ dynamic: true, amount: 4000, nmid: NMID, reference: orderId });
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(60_000);
    expect(asked.at(-1)).toMatchObject({
      'x-partner-id': 'BANK',
      'x-external-id': expect.stringMatching(/^\d{1,36}$/),
    });
    await announce(orderId);
    await eventually(() =>
      expect(told(terminal).at(-1)).toMatchObject({ orderId, state: 'paid', rrn: `RRN-${orderId.slice(-6)}` }),
    );
  });

  it('gets the same order when it asks again, and none when it asks for something else by the same id', async () => {
    const terminal = await newTerminal();
    const first = await offer(terminal, 'r-2');
    const calls = asked.length;
    await request(terminal, 'r-2');
    await eventually(() => expect(told(terminal)).toHaveLength(2));
    expect(told(terminal)[1]).toEqual({ ...first });
    expect(asked).toHaveLength(calls);
    await request(terminal, 'r-2', 2000);
    await eventually(() => expect(told(terminal)[2]).toMatchObject({ requestId: 'r-2', state: 'failed' }));
  });

  it.each<[string, typeof answer]>([
    ['refuses', () => Promise.resolve([409, { responseCode: '4094701' }])],
    ['fails', () => Promise.resolve([500, {}])],
    ['answers no code', () => Promise.resolve([200, { responseCode: '2004700' }])],
    [
      'answers the code of somebody else',
      ({ partnerReferenceNo }) => answerOf(codeFor(partnerReferenceNo, 4000, 'ID-THIEF')),
    ],
    ['answers another amount', ({ partnerReferenceNo }) => answerOf(codeFor(partnerReferenceNo, 40_000))],
    [
      'answers an altered code',
      ({ partnerReferenceNo }) => answerOf(codeFor(partnerReferenceNo, 4000).replace('MEDAN', 'MEDEN')),
    ],
  ])('is told that there is none when the provider %s', async (_what, how) => {
    answer = how;
    const terminal = await newTerminal();
    await request(terminal, 'r-3');
    await eventually(() => expect(told(terminal)).toMatchObject([{ requestId: 'r-3', state: 'unavailable' }]));
    expect(told(terminal)[0]).not.toHaveProperty('qr');
  });

  it('has an officer called when the code would pay a stranger', async () => {
    answer = ({ partnerReferenceNo }) => answerOf(codeFor(partnerReferenceNo, 4000, 'ID-THIEF'));
    await request(await newTerminal(), 'r-4');
    await eventually(async () => {
      const alarms = await database.query(`SELECT severity FROM alarms WHERE key = 'qris-bad-code:bank'`);
      expect(alarms).toEqual([{ severity: 'critical' }]);
    });
  });

  it('is told in time when the provider does not answer', async () => {
    answer = () => new Promise(() => undefined);
    const terminal = await newTerminal();
    await request(terminal, 'r-5');
    await eventually(() => expect(told(terminal)).toMatchObject([{ requestId: 'r-5', state: 'unavailable' }]));
  });

  it('has its journal acknowledged while the provider is still being asked', async () => {
    const patient = await startGateway(server.urlFor('gateway'), { env: { EPARKING_QRIS_PROVIDER_MAX: '30s' } });
    try {
      let release: () => void = () => undefined;
      const released = new Promise<void>((done) => (release = done));
      answer = async (body) => {
        await released;
        return good(body);
      };
      const terminal = await Terminal.connect(patient.mqtt, await provision(database, `hh-${1000 + ++next}`));
      terminals.push(terminal);
      await terminal.listen('#');
      await request(terminal, 'r-12');
      for (let n = 0; n < 5; n++) await terminal.publish('journal', terminal.record({ reason: 'x', firmware: '1' }));
      expect(told(terminal)).toEqual([]);
      release();
      await eventually(() => expect(told(terminal)).toMatchObject([{ requestId: 'r-12', qr: expect.any(String) }]));
    } finally {
      await patient.stop();
    }
  });

  it('is told that there is none past its limit, and is served again later', async () => {
    const terminal = await newTerminal();
    for (let n = 0; n < 21; n++) await request(terminal, `many-${n}`);
    await eventually(() => {
      const states = told(terminal).filter((message) => message.state === 'unavailable');
      expect(states).toMatchObject([{ requestId: 'many-20' }]);
      expect(told(terminal).filter((message) => 'qr' in message)).toHaveLength(20);
    });
  });
});

describe('what becomes of an order', () => {
  it('is told by the gateway that holds the terminal, whichever made the order', async () => {
    const other = await startGateway(server.urlFor('gateway'));
    try {
      const terminal = await newTerminal();
      const { orderId } = await offer(terminal, 'r-6');
      const moved = await Terminal.connect(other.mqtt, terminal.credentials);
      terminals.push(moved);
      await moved.listen('payments');
      // The offer was told shortly before: it is told again, for nobody knows whether it arrived.
      await eventually(() => expect(told(moved)).toMatchObject([{ orderId, qr: expect.any(String) }]));
      await announce(orderId);
      await eventually(() => expect(told(moved).at(-1)).toMatchObject({ orderId, state: 'paid' }));
    } finally {
      await other.stop();
    }
  });

  it('waits for a terminal that is away', async () => {
    const terminal = await newTerminal();
    const { orderId } = await offer(terminal, 'r-7');
    await terminal.client.endAsync(true);
    await announce(orderId);
    const back = await Terminal.connect(gateway.mqtt, terminal.credentials);
    terminals.push(back);
    await back.listen('payments');
    await eventually(() => expect(told(back)).toMatchObject([{ orderId, state: 'paid' }]));
  });

  it('is not told of money given back: the payment is journaled', async () => {
    const terminal = await newTerminal();
    const { orderId } = await offer(terminal, 'r-8');
    await announce(orderId);
    await eventually(() => expect(told(terminal)).toHaveLength(2));
    await announce(orderId, { status: 'refunded' });
    await announce((await offer(terminal, 'r-9')).orderId);
    await eventually(() => expect(told(terminal)).toHaveLength(4));
    expect(told(terminal).filter((message) => message.orderId === orderId)).toHaveLength(2);
  });
});

it('makes the code itself for an acquirer that only notifies, from the change on', async () => {
  const change = { kind: 'local', merchantName: 'PARKIR KOTA MEDAN', merchantCity: 'MEDAN' } as const;
  await write(database, ADMIN, (tx) => changeAcquirer(tx, sealer, 'bank', change));
  const calls = asked.length;
  const terminal = await newTerminal();
  const { orderId, qr } = await offer(terminal, 'r-10', 3000);
  const code = parseQris(qr);
  expect(code.ok && code.value).toMatchObject({ amount: 3000, nmid: NMID, reference: orderId, mcc: '7523' });
  expect(asked).toHaveLength(calls);
  await write(database, ADMIN, (tx) => changeAcquirer(tx, sealer, 'bank', { active: false }));
  await request(terminal, 'r-11');
  await eventually(() => expect(told(terminal).at(-1)).toMatchObject({ requestId: 'r-11', state: 'unavailable' }));
});

function answerOf(qrContent: string): Promise<[number, object]> {
  return Promise.resolve([200, { responseCode: '2004700', referenceNo: 'REF', qrContent }]);
}
