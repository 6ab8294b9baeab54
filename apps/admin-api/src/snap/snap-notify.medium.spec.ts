// Real: HTTP on a port, PostgreSQL, the sealing of secrets. The acquirer is this test, which signs as SNAP BI says.
import { createHash, createHmac, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import { registerDevice, write } from '@app/persistence';
import { startTestApi, type Answer, type Ask, type TestApi } from '../../../../libs/testing/src/admin-api.js';

const PATH = '/v1.0/qr/qr-mpm-notify';
const SECRET = randomBytes(24).toString('base64url');
const NMID = 'ID1020304050607';

let api: TestApi;
let admin: Ask;
let counter = 0;
const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

beforeAll(async () => {
  api = await startTestApi();
  admin = await api.as('administrator');
  await admin('POST', '/api/v1/points', { code: 'P-1', name: 'Point' });
  await write(api.database, { username: 'test', address: '' }, (tx) =>
    registerDevice(tx, api.sealer, { deviceId: 'hh-0001', kind: 'handheld', point: 'P-1' } as never),
  );
  const common = { kind: 'snap', baseUrl: 'https://bank.example', merchantId: 'M-1', payees: [{ id: NMID }] };
  const symmetric = { ...common, code: 'symbank', partnerId: 'SYM', secret: SECRET };
  expect((await admin('POST', '/api/v1/acquirers', symmetric)).status).toBe(201);
  const asymmetric = {
    ...common,
    payees: [{ id: 'ID-OTHER' }],
    code: 'rsabank',
    partnerId: 'RSA',
    signature: 'asymmetric',
    publicKey: keys.publicKey,
    privateKey: keys.privateKey,
  };
  expect((await admin('POST', '/api/v1/acquirers', asymmetric)).status).toBe(201);
});
afterAll(() => api.close());

/** An order that waits for its payment. */
async function order(amount = 4000): Promise<string> {
  const orderId = `ORD${++counter}`;
  await api.database.query(
    `INSERT INTO qris_orders (order_id, device_no, request_id, point_id, acquirer_code, vehicle_class, amount, qr, created_at,
       expires_at, state) SELECT $1, d.device_no, $1, p.id, 'symbank', 'car', $2, 'qr', now(), now() + interval '2 minutes',
       'pending' FROM devices d, points p`,
    [orderId, amount],
  );
  return orderId;
}

const bodyOf = (orderId: string | undefined, over: object = {}): string =>
  JSON.stringify({
    originalReferenceNo: `REF-${orderId}`,
    originalPartnerReferenceNo: orderId,
    latestTransactionStatus: '00',
    amount: { value: '4000.00', currency: 'IDR' },
    additionalInfo: { rrn: `R${orderId}`, nmid: NMID, cpan: '9360001412345678903' },
    ...over,
  });

interface Change {
  secret?: string;
  signature?: string;
  headers?: Record<string, string | undefined>;
  token?: string;
  partner?: string;
  externalId?: string;
  timestamp?: string;
}

const jakarta = (ms: number): string => new Date(ms + 7 * 3_600_000).toISOString().slice(0, 19) + '+07:00';
const freshId = (): string => `${Date.now()}${++counter}`;

async function notify(body: string | Uint8Array, change: Change = {}): Promise<Answer> {
  const bytes = Buffer.from(body as string);
  const timestamp = change.timestamp ?? jakarta(Date.now());
  const digest = createHash('sha256').update(bytes).digest('hex');
  const token = change.token ?? 'token';
  const isRsa = change.partner === 'RSA';
  const text = isRsa ? `POST:${PATH}:${digest}:${timestamp}` : `POST:${PATH}:${token}:${digest}:${timestamp}`;
  const signature = isRsa
    ? createSign('RSA-SHA256').update(text).sign(keys.privateKey, 'base64')
    : createHmac('sha512', change.secret ?? SECRET)
        .update(text)
        .digest('base64');
  const headers: Record<string, string | undefined> = {
    'content-type': 'application/json',
    authorization: `Bearer ${token}`,
    'x-timestamp': timestamp,
    'x-signature': change.signature ?? signature,
    'x-partner-id': change.partner ?? 'SYM',
    'x-external-id': change.externalId ?? freshId(),
    ...change.headers,
  };
  const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
  const response = await fetch(api.url + PATH, { method: 'POST', headers: given, body: bytes });
  const answer = await response.text();
  return { status: response.status, headers: response.headers, body: JSON.parse(answer) };
}

const stateOf = async (orderId: string): Promise<string> =>
  (await admin('GET', `/api/v1/qris-orders?orderId=${orderId}`)).body.rows[0].state;
const facts = async (): Promise<number> =>
  (await api.database.query<{ n: number }>('SELECT count(*) AS n FROM announced_payments'))[0]!.n;
const kept = async (): Promise<number> =>
  (
    await api.database.query<{ n: number }>(
      'SELECT (SELECT count(*) FROM snap_notices) + (SELECT coalesce(sum(times), 0) FROM snap_refusals) AS n',
    )
  )[0]!.n;

describe('a notice of a payment', () => {
  it('pays its order, is told to the gateways, and becomes a fact for reconciliation', async () => {
    const orderId = await order();
    const answer = await notify(bodyOf(orderId));
    expect(answer).toMatchObject({ status: 200, body: { responseCode: '2005200', responseMessage: 'Successful' } });
    const [shown] = (await admin('GET', `/api/v1/qris-orders?orderId=${orderId}`)).body.rows;
    expect(shown).toMatchObject({
      state: 'paid',
      rrn: `R${orderId}`,
      referenceNo: `REF-${orderId}`,
      device: 'hh-0001',
    });
    // What only the order needs is not shown.
    expect(shown).not.toHaveProperty('newest');
    const [row] = await api.database.query(
      `SELECT tell, (SELECT amount FROM announced_payments a WHERE a.order_id = o.order_id) AS amount,
              (SELECT count(*) FROM book_work WHERE kind = 'reconcile-day') > 0 AS asked FROM qris_orders o WHERE order_id = $1`,
      [orderId],
    );
    expect(row).toEqual({ tell: true, amount: 4000, asked: true });
  });

  it('is verified over the raw bytes, spaces between tokens left out and nothing else', async () => {
    const orderId = await order();
    const compact = bodyOf(orderId);
    const spaced = JSON.stringify(JSON.parse(compact), null, 2);
    const timestamp = jakarta(Date.now());
    const digest = createHash('sha256').update(compact).digest('hex');
    const signature = createHmac('sha512', SECRET).update(`POST:${PATH}:token:${digest}:${timestamp}`).digest('base64');
    expect((await notify(spaced, { signature, timestamp })).body.responseCode).toBe('2005200');
  });

  it('may be signed with RSA, where the acquirer is agreed so', async () => {
    const answer = await notify(bodyOf(undefined, { originalReferenceNo: 'RSA-1' }), { partner: 'RSA', token: '' });
    expect(answer.body.responseCode).toBe('2005200');
    const forged = await notify(bodyOf(undefined), {
      partner: 'RSA',
      signature: Buffer.alloc(256, 1).toString('base64'),
    });
    expect(forged.body.responseCode).toBe('4015200');
  });

  it('again under a new id changes nothing and is a success; under the same id it is a conflict', async () => {
    const orderId = await order();
    const externalId = freshId();
    await notify(bodyOf(orderId), { externalId });
    const before = await facts();
    expect((await notify(bodyOf(orderId))).body.responseCode).toBe('2005200');
    expect((await notify(bodyOf(orderId), { externalId })).body.responseCode).toBe('4095200');
    expect(await facts()).toBe(before);
    expect(await stateOf(orderId)).toBe('paid');
  });

  it('sent many times at once is booked once', async () => {
    const orderId = await order();
    const externalId = freshId();
    const answers = await Promise.all(Array.from({ length: 8 }, () => notify(bodyOf(orderId), { externalId })));
    expect(answers.map(({ body }) => body.responseCode).sort()).toEqual([
      '2005200',
      ...Array<string>(7).fill('4095200'),
    ]);
    const [row] = await api.database.query('SELECT count(*) AS n FROM snap_notices WHERE order_id = $1', [orderId]);
    expect(row).toEqual({ n: 1 });
  });

  it('of a refund gives the order back', async () => {
    const orderId = await order();
    await notify(bodyOf(orderId));
    await notify(bodyOf(orderId, { latestTransactionStatus: '04' }));
    expect(await stateOf(orderId)).toBe('refunded');
    const [row] = await api.database.query(
      'SELECT refunded_at IS NOT NULL AS back FROM announced_payments WHERE order_id = $1',
      [orderId],
    );
    expect(row).toEqual({ back: true });
  });

  it('of another sum than the order’s pays nothing, is refused, and calls an officer', async () => {
    const orderId = await order();
    const answer = await notify(bodyOf(orderId, { amount: { value: '3000.00', currency: 'IDR' } }));
    expect(answer.body.responseCode).toBe('4045213');
    expect(await stateOf(orderId)).toBe('pending');
    const alarms = await admin('GET', '/api/v1/alarms');
    expect(JSON.stringify(alarms.body.rows)).toContain('qris-wrong-amount');
  });

  it('is kept byte for byte, sealed, without the access token', async () => {
    const orderId = await order();
    const externalId = freshId();
    await notify(bodyOf(orderId), { externalId, token: 'very-secret-token' });
    const [row] = await api.database.query<{ day: string; bytes: Buffer; headers: object }>(
      'SELECT day, bytes, headers FROM snap_notices WHERE order_id = $1',
      [orderId],
    );
    expect(row!.bytes.includes('9360001412345678903')).toBe(false);
    const opened = api.sealer.open(row!.bytes, `snap-notice/symbank/${row!.day}/${externalId}`);
    expect(opened.toString()).toBe(bodyOf(orderId));
    expect(JSON.stringify(row!.headers)).not.toContain('very-secret-token');
    const all = await api.database.query('SELECT * FROM announced_payments');
    expect(JSON.stringify(all)).not.toContain('9360001412345678903');
    expect(JSON.stringify(all)).toContain('"payer_last4":"8903"');
  });
});

describe('what is wrong', () => {
  const info = (value: string, currency = 'IDR'): object => ({ amount: { value, currency } });
  const latin1 = (orderId: string): Uint8Array => Buffer.from(bodyOf(orderId, { note: 'Jalan é' }), 'latin1');

  it.each<[string, (orderId: string) => string | Uint8Array, Change, string, number]>([
    ['a wrong secret', bodyOf, { secret: 'another-secret-of-them' }, '4015200', 401],
    ['a signature that is none', bodyOf, { signature: 'zz' }, '4015200', 401],
    ['an unknown partner', bodyOf, { partner: 'NOBODY' }, '4015200', 401],
    ['no partner', bodyOf, { headers: { 'x-partner-id': undefined } }, '4005202', 400],
    ['no signature', bodyOf, { headers: { 'x-signature': undefined } }, '4005202', 400],
    ['a time of an hour ago', bodyOf, { timestamp: jakarta(Date.now() - 3_600_000) }, '4015200', 401],
    ['a time that is none', bodyOf, { timestamp: '21/11/2026 09:15' }, '4005201', 400],
    ['letters in the external id', bodyOf, { externalId: 'abc' }, '4005201', 400],
    ['an external id of 37 digits', bodyOf, { externalId: '1'.repeat(37) }, '4005201', 400],
    ['no JSON', () => 'amount=4000', {}, '4005200', 400],
    ['half a body', (id) => bodyOf(id).slice(0, 60), {}, '4005200', 400],
    ['an empty body', () => '', {}, '4005200', 400],
    ['another encoding', latin1, {}, '4005200', 400],
    ['a body of 100 KB', (id) => bodyOf(id, { note: 'x'.repeat(100_000) }), {}, '4005200', 400],
    ['a negative sum', (id) => bodyOf(id, info('-4000.00')), {}, '4005201', 400],
    ['a decimal comma', (id) => bodyOf(id, info('4000,00')), {}, '4005201', 400],
    ['sen', (id) => bodyOf(id, info('4000.50')), {}, '4005201', 400],
    ['a foreign currency', (id) => bodyOf(id, info('4000.00', 'USD')), {}, '4005201', 400],
    ['no reference', (id) => bodyOf(id, { originalReferenceNo: undefined }), {}, '4005202', 400],
    ['an order that is not there', () => bodyOf('ORD-NONE'), {}, '4045201', 404],
  ])('%s gets a SNAP error, books nothing and is kept', async (_what, body, change, code, status) => {
    const orderId = await order();
    const before = await kept();
    const answer = await notify(body(orderId), change);
    expect(answer).toMatchObject({ status, body: { responseCode: code } });
    expect(await stateOf(orderId)).toBe('pending');
    expect(await kept()).toBe(before + 1);
  });

  it('is listed for officers with its code, and counted when it comes again', async () => {
    await notify('nonsense-1', { secret: 'x'.repeat(20), externalId: '7' });
    await notify('nonsense-1', { secret: 'x'.repeat(20), externalId: '7' });
    const { body } = await admin('GET', '/api/v1/snap-notices?refused=true&limit=1000');
    const rows = body.rows.filter((row: { externalId: string }) => row.externalId === '7');
    expect(rows).toMatchObject([{ acquirer: 'symbank', responseCode: '4015200', times: 2 }]);
  });

  it('in other ways of asking is no door', async () => {
    expect((await api.ask('GET', PATH)).status).toBe(404);
    expect((await api.ask('POST', `/api/v1${PATH}`, {})).status).toBe(404);
  });
});

describe('an acquirer', () => {
  it('shows no secret, anywhere', async () => {
    const { body } = await admin('GET', '/api/v1/acquirers');
    const log = await admin('GET', '/api/v1/audit-log?limit=1000');
    const stored = await api.database.query('SELECT code, config, encode(secrets_sealed, $1) AS s FROM acquirers', [
      'escape',
    ]);
    for (const text of [body, log.body, stored].map((part) => JSON.stringify(part))) {
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain('PRIVATE KEY');
    }
    expect(body.rows).toMatchObject([
      { code: 'rsabank', hasSecrets: true },
      { code: 'symbank', hasSecrets: true },
    ]);
  });

  it('works with a new secret from the change on', async () => {
    const secret = randomBytes(24).toString('base64url');
    const acquirer = {
      code: 'turner',
      kind: 'local',
      partnerId: 'TURN',
      merchantName: 'Parkir',
      merchantCity: 'MEDAN',
    };
    await admin('POST', '/api/v1/acquirers', { ...acquirer, secret: SECRET, payees: [{ id: 'ID-TURN' }] });
    const body = bodyOf(undefined, { originalReferenceNo: 'TURN-1' });
    expect((await notify(body, { partner: 'TURN' })).body.responseCode).toBe('2005200');
    await admin('PATCH', '/api/v1/acquirers/turner', { secret });
    expect((await notify(body, { partner: 'TURN' })).body.responseCode).toBe('4015200');
    expect((await notify(body, { partner: 'TURN', secret })).body.responseCode).toBe('2005200');
  });

  it.each<[string, object, string]>([
    ['without a secret', { secret: undefined }, 'secret'],
    ['with plain http to another machine', { baseUrl: 'http://bank.example' }, 'baseUrl'],
    ['without an address to ask', { baseUrl: '' }, 'baseUrl'],
    ['with a key that is none', { publicKey: 'key' }, 'publicKey'],
    ['without a merchant id of ours', { payees: [] }, 'payees'],
    ['with an unknown point', { payees: [{ id: 'ID-X', point: 'P-NONE' }] }, 'payees.0.point'],
    ['with an adapter that is not there', { adapter: 'excel' }, 'adapter'],
    ['with a time of day that is none', { cutOffs: ['24:00'] }, 'cutOffs'],
    ['with the partner id of another', { partnerId: 'SYM' }, 'partnerId'],
    ['with a code that is none', { code: 'Bank X' }, 'code'],
  ])('%s is refused with the field, and nothing is stored', async (_what, change, field) => {
    const acquirer = {
      code: 'newbank',
      kind: 'snap',
      partnerId: 'NEW',
      baseUrl: 'https://new.example',
      merchantId: 'M',
    };
    const given = { ...acquirer, secret: SECRET, payees: [{ id: 'ID-NEW' }], ...change };
    const { status, body } = await admin('POST', '/api/v1/acquirers', given);
    expect([400, 409]).toContain(status);
    expect(body.error.field).toBe(field);
    expect((await admin('GET', '/api/v1/acquirers/newbank')).status).toBe(404);
  });

  it('keeps what a change leaves out', async () => {
    await admin('PATCH', '/api/v1/acquirers/symbank', { feeBp: 70, cutOffs: ['15:00', '22:00'] });
    const { body } = await admin('PATCH', '/api/v1/acquirers/symbank', { name: 'Sym Bank' });
    expect(body).toMatchObject({
      name: 'Sym Bank',
      feeBp: 70,
      cutOffs: ['15:00', '22:00'],
      partnerId: 'SYM',
      kind: 'snap',
    });
    expect((await admin('PATCH', '/api/v1/acquirers/none', {})).status).toBe(404);
  });
});
