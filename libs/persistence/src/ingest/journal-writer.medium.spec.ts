// Real: PostgreSQL. Every test writes through JournalWriter and looks at receipts and at the tables.
import { randomBytes } from 'node:crypto';
import { openDatabase, type Database } from '@app/persistence';
import type { Receipt } from '@app/protocol';
import { Sealer } from '@app/registry';
import {
  createTestDatabase,
  seedDevice,
  seedEpoch,
  seedPoint,
  seedTariff,
  TestTerminal,
  type TerminalRecord,
  type TestDatabase,
} from '@app/testing';
import { JournalWriter } from './journal-writer.js';
import { reprocessQuarantined } from './reprocess.js';

const NOW = Date.parse('2026-11-20T03:00:00Z');
const limits = { clockAheadMsMax: 300_000, clockBehindMsMax: 60 * 86_400_000 };
let test: TestDatabase;
let database: Database;
let writer: JournalWriter;
let terminal: TestTerminal;
let deviceNo: number;
let pointId: number;
let made = 0;
const sealer = new Sealer([randomBytes(32)]);

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase({ url: test.url, poolSizeMax: 4 });
  await seedTariff(database, 'CAR', 'car', 4000);
});
afterAll(async () => {
  await database.close();
  await test.drop();
});
beforeEach(async () => {
  made += 1;
  terminal = new TestTerminal(`hh-${String(made).padStart(4, '0')}`, randomBytes(32), 1, NOW);
  pointId = await seedPoint(database, `P-${made}`);
  deviceNo = await seedDevice(database, sealer, terminal, pointId);
  writer = new JournalWriter(database, sealer, limits);
});

function message(payload: string | Buffer | object, receivedAt = NOW) {
  const bytes = typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload);
  return { deviceNo, topic: `eparking/v1/${terminal.deviceId}/journal`, payload: Buffer.from(bytes), receivedAt };
}
async function send(payload: string | Buffer | object, receivedAt?: number): Promise<readonly Receipt[]> {
  const [receipts] = await writer.write([message(payload, receivedAt)]);
  return receipts!;
}
async function outcome(payload: string | Buffer | object, receivedAt?: number) {
  return (await send(payload, receivedAt))[0]!.results[0]!;
}
async function income(): Promise<{ date: string; count: number; amount: number }[]> {
  const days = await database.query<{ date: string; count: number; amount: number }>(
    `SELECT business_date AS date, sum(count)::bigint AS count, sum(amount)::bigint AS amount FROM income_days
     WHERE point_id = $1 GROUP BY 1 HAVING sum(count) <> 0 ORDER BY 1`,
    [pointId],
  );
  const hours = await database.query(
    `SELECT business_date AS date, sum(count)::bigint AS count, sum(amount)::bigint AS amount FROM income_hours
     WHERE point_id = $1 GROUP BY 1 HAVING sum(count) <> 0 ORDER BY 1`,
    [pointId],
  );
  expect(hours).toEqual(days);
  return days;
}

describe('JournalWriter', () => {
  it('accepts a chained payment, counts it on its business day, and tells the outbox', async () => {
    const receipts = await send(terminal.payment());
    expect(receipts).toMatchObject([
      { epoch: 1, results: [{ seq: 1, outcome: 'accepted' }], contiguous: 1, missing: [] },
    ]);
    expect(receipts[0]!.results[0]).not.toHaveProperty('flags');
    expect(await income()).toEqual([{ date: '2026-11-20', count: 1, amount: 4000 }]);
    const outbox = await database.query('SELECT topic, key FROM outbox WHERE key LIKE $1', [`${pointId}:%`]);
    expect(outbox).toEqual([{ topic: 'day-changed', key: `${pointId}:2026-11-20` }]);
  });

  it('counts the same record once, however often and in whatever order of keys it comes', async () => {
    const record = terminal.payment();
    await send(record);
    const shuffled = Object.fromEntries(Object.entries(record).reverse());
    expect(await outcome(shuffled)).toEqual({ seq: 1, outcome: 'duplicate' });
    const both = await send([record, record]);
    expect(both[0]!.results.map((r) => r.outcome)).toEqual(['duplicate', 'duplicate']);
    expect(await income()).toEqual([{ date: '2026-11-20', count: 1, amount: 4000 }]);
  });

  it('keeps both contents of a conflict once each; the first processed counts and a finding rises', async () => {
    const first = terminal.payment();
    const other = terminal.sign({ ...first, body: { ...first.body, amount: 9000 } });
    await send(first);
    expect(await outcome(other)).toEqual({ seq: 1, outcome: 'conflict' });
    expect(await outcome(other)).toEqual({ seq: 1, outcome: 'conflict' });
    expect(await outcome(first)).toEqual({ seq: 1, outcome: 'duplicate' });
    expect(await income()).toEqual([{ date: '2026-11-20', count: 1, amount: 4000 }]);
    expect(await database.query('SELECT 1 FROM journal_conflicts WHERE device_no = $1', [deviceNo])).toHaveLength(1);
    expect(await database.query('SELECT pattern FROM findings WHERE device_no = $1', [deviceNo])).toEqual([
      { pattern: 'record-conflict' },
    ]);
    expect(await database.query('SELECT 1 FROM quarantine WHERE device_no = $1', [deviceNo])).toHaveLength(0);
  });

  it('tells what is missing and closes gaps as late records come, also after a restart', async () => {
    const records = Array.from({ length: 10 }, () => terminal.payment());
    expect((await send(records[0]!))[0]).toMatchObject({ contiguous: 1, missing: [] });
    expect((await send(records[8]!))[0]).toMatchObject({ contiguous: 1, missing: [[2, 8]] });
    writer = new JournalWriter(database, sealer, limits);
    expect((await send(records[4]!))[0]).toMatchObject({
      contiguous: 1,
      missing: [
        [2, 4],
        [6, 8],
      ],
    });
    expect((await send(records[2]!))[0]).toMatchObject({
      missing: [
        [2, 2],
        [4, 4],
        [6, 8],
      ],
    });
    const rest = await send([records[1]!, records[3]!, records[5]!, records[6]!, records[7]!, records[9]!]);
    expect(rest[0]).toMatchObject({ contiguous: 10, missing: [] });
    expect(rest[0]!.results.every((r) => r.outcome === 'accepted' && !r.flags)).toBe(true);
    expect(await database.query('SELECT 1 FROM journal_gaps WHERE device_no = $1', [deviceNo])).toEqual([]);
    expect(await income()).toEqual([{ date: '2026-11-20', count: 10, amount: 40_000 }]);
  });

  it('tells the oldest 32 ranges and that there are more', async () => {
    const records = Array.from({ length: 81 }, () => terminal.payment()).filter((record) => record.seq % 2 === 1);
    const [receipt] = await send(records);
    expect(receipt!.missing).toHaveLength(32);
    expect(receipt!.missing[0]).toEqual([2, 2]);
    expect(receipt).toMatchObject({ contiguous: 1, more: true });
  });

  it('flags a broken chain on whichever of two neighbours came last', async () => {
    const first = terminal.payment();
    const second = terminal.sign({ ...terminal.payment(), prev: 'not-the-mac-before' });
    await send(second);
    expect(await outcome(first)).toEqual({ seq: 1, outcome: 'accepted', flags: ['broken-chain'] });
    terminal.prev = second.mac;
    await send(terminal.payment());
    expect(await outcome(terminal.sign({ ...terminal.payment(), prev: '' }))).toMatchObject({
      flags: ['broken-chain'],
    });
  });

  it('flags no chain that is whole, when a batch passes the tail of the chain before the record that follows it', async () => {
    const records = Array.from({ length: 5 }, () => terminal.payment());
    await send(records[0]!);
    const receipts = await send([records[4]!, records[1]!, records[3]!, records[2]!]);
    expect(receipts[0]!.results.filter((result) => result.flags)).toEqual([]);
    expect(await database.query('SELECT pattern FROM findings WHERE device_no = $1', [deviceNo])).toEqual([]);
    const broken = terminal.sign({ ...terminal.payment(), prev: 'not-the-mac-before' });
    const beyond = terminal.sign({ ...terminal.payment(), prev: broken.mac });
    const [receipt] = await send([beyond, broken]);
    expect(receipt!.results.map((result) => result.flags)).toEqual([undefined, ['broken-chain']]);
  });

  it('takes a voided payment off its own day; a second void has no effect and is flagged', async () => {
    const payment = terminal.payment({}, NOW - 86_400_000);
    await send(payment);
    expect(await outcome(terminal.record('void', { voids: 1, reason: 'typo' }))).toEqual({
      seq: 2,
      outcome: 'accepted',
    });
    expect(await income()).toEqual([]);
    expect(await outcome(terminal.record('void', { voids: 1, reason: 'again' }))).toMatchObject({
      flags: ['void-without-effect'],
    });
    expect(await outcome(terminal.record('void', { voids: 2, reason: 'a void' }))).toMatchObject({
      flags: ['void-without-effect'],
    });
    expect(await income()).toEqual([]);
  });

  it('lets a void wait for a payment that comes later, across a restart; of two the first counts', async () => {
    const payment = terminal.payment();
    const first = terminal.record('void', { voids: 1, reason: 'first' });
    const second = terminal.record('void', { voids: 1, reason: 'second' });
    expect(await outcome(first)).toEqual({ seq: 2, outcome: 'accepted' });
    expect(await outcome(second)).toMatchObject({ flags: ['void-without-effect'] });
    writer = new JournalWriter(database, sealer, limits);
    expect(await outcome(payment)).toEqual({ seq: 1, outcome: 'accepted' });
    expect(await income()).toEqual([]);
    const voids = await database.query('SELECT void_seq, state FROM voids WHERE device_no = $1', [deviceNo]);
    expect(voids).toEqual([{ void_seq: 2, state: 'effective' }]);
  });

  it('flags a waiting void afterwards when what it waited for is no payment', async () => {
    const boot = terminal.record('boot', { reason: 'power', firmware: '1' });
    await send(terminal.record('void', { voids: 1, reason: 'typo' }));
    await send(boot);
    expect(await database.query('SELECT seq, flag FROM journal_flags WHERE device_no = $1', [deviceNo])).toEqual([
      { seq: 2, flag: 'void-without-effect' },
    ]);
    expect(await database.query('SELECT pattern, seq FROM findings WHERE device_no = $1', [deviceNo])).toEqual([
      { pattern: 'void-without-effect', seq: 2 },
    ]);
  });

  it('never counts test money, and counts free parking with its zero', async () => {
    await send([
      terminal.record('test', { amount: 5000, technician: 't' }),
      terminal.payment({ method: 'free', amount: 0 }),
    ]);
    expect(await income()).toEqual([{ date: '2026-11-20', count: 1, amount: 0 }]);
  });

  it('quarantines byte for byte with the first fault in the order of the protocol, counting the same bytes', async () => {
    const good = terminal.payment();
    const badMac = { ...good, mac: 'x'.repeat(43) };
    const unknownEpoch = terminal.sign({ ...good, epoch: 9 });
    expect(await outcome('{"v":1')).toEqual({ seq: null, outcome: 'quarantined', code: 'bad-json' });
    expect(await outcome('[]')).toEqual({ seq: null, outcome: 'quarantined', code: 'bad-schema' });
    expect(await outcome({ ...badMac, extra: 1, epoch: 9 })).toEqual({
      seq: 1,
      outcome: 'quarantined',
      code: 'bad-schema',
    });
    expect(await outcome(badMac)).toEqual({ seq: 1, outcome: 'quarantined', code: 'bad-mac' });
    expect(await outcome(badMac)).toEqual({ seq: 1, outcome: 'quarantined', code: 'bad-mac' });
    expect(await outcome(Buffer.alloc(65_537, ' '))).toMatchObject({ seq: null, code: 'too-large' });
    expect(await outcome(Array.from({ length: 101 }, () => good))).toMatchObject({ seq: null, code: 'too-large' });
    const [receipt] = await send(unknownEpoch);
    expect(receipt).toMatchObject({ epoch: 9, contiguous: 0, missing: [], results: [{ code: 'unknown-epoch' }] });
    const kept = await database.query<{ code: string; times: number; bytes: Buffer }>(
      "SELECT code, times, bytes FROM quarantine WHERE device_no = $1 AND code = 'bad-mac'",
      [deviceNo],
    );
    expect(kept).toEqual([{ code: 'bad-mac', times: 2, bytes: Buffer.from(JSON.stringify(badMac)) }]);
    expect(await outcome(good)).toEqual({ seq: 1, outcome: 'accepted' });
    expect(await database.query('SELECT kind FROM alarms WHERE device_no = $1', [deviceNo])).toHaveLength(1);
  });

  it('quarantines only the faulty record of an array, as it was sent', async () => {
    const [a, b, c] = [terminal.payment(), terminal.payment(), terminal.payment()];
    const text = `[${JSON.stringify(a)}, {"v": 1,  "odd":true} ,${JSON.stringify(c)}]`;
    const [receipt] = await send(text);
    expect(receipt).toMatchObject({
      results: [{ outcome: 'accepted' }, { seq: null, outcome: 'quarantined' }, { outcome: 'accepted' }],
      contiguous: 1,
      missing: [[2, 2]],
    });
    const [row] = await database.query<{ bytes: Buffer }>('SELECT bytes FROM quarantine WHERE device_no = $1', [
      deviceNo,
    ]);
    expect(row!.bytes.toString()).toBe('{"v": 1,  "odd":true}');
    expect(await outcome(b)).toEqual({ seq: 2, outcome: 'accepted' });
  });

  it('lets an authentic record with a bad body fill its place, so that it is never missing and never counts', async () => {
    const bad = terminal.payment({ amount: -1 });
    expect(await outcome(bad)).toEqual({ seq: 1, outcome: 'quarantined', code: 'bad-schema' });
    expect((await send(terminal.payment()))[0]).toMatchObject({
      contiguous: 2,
      missing: [],
      results: [{ outcome: 'accepted' }],
    });
    expect(await outcome(bad)).toEqual({ seq: 1, outcome: 'quarantined', code: 'bad-schema' });
    const good = terminal.sign({ ...bad, body: { ...bad.body, amount: 4000 } });
    expect(await outcome(good)).toEqual({ seq: 1, outcome: 'conflict' });
    expect(await income()).toEqual([{ date: '2026-11-20', count: 1, amount: 4000 }]);
  });

  it('counts a record that could not be read when it came, once it can be', async () => {
    const record = terminal.payment();
    await send(record);
    // As if this version had refused the body: the row says so, and the income was never counted.
    await database.query('ALTER TABLE journal_records DISABLE TRIGGER append_only');
    await database.query(
      "UPDATE journal_records SET body_fault = 'x', amount = NULL, method = NULL WHERE device_no = $1",
      [deviceNo],
    );
    await database.query('ALTER TABLE journal_records ENABLE TRIGGER append_only');
    await database.query('DELETE FROM income_days WHERE point_id = $1', [pointId]);
    await database.query('DELETE FROM income_hours WHERE point_id = $1', [pointId]);
    writer = new JournalWriter(database, sealer, limits);
    expect(await outcome(record)).toEqual({ seq: 1, outcome: 'accepted' });
    expect(await outcome(record)).toEqual({ seq: 1, outcome: 'duplicate' });
    expect(await outcome(terminal.record('void', { voids: 1, reason: 'r' }))).toEqual({ seq: 2, outcome: 'accepted' });
    expect(await income()).toEqual([]);
  });

  it('reprocesses quarantined bytes after a fix, once, as received when they came', async () => {
    terminal.rotate();
    const early = terminal.payment();
    await send(early, NOW + 5);
    const [row] = await database.query<{ id: number }>('SELECT id FROM quarantine WHERE device_no = $1', [deviceNo]);
    const again = () => reprocessQuarantined(database, writer, row!.id, NOW + 99);
    expect(await again()).toMatchObject({ state: 'still-faulty', reason: expect.stringContaining('unknown-epoch') });
    await seedEpoch(database, sealer, terminal, deviceNo);
    expect(await again()).toEqual({ state: 'reprocessed', results: [{ seq: 1, outcome: 'accepted' }] });
    expect(await again()).toEqual({ state: 'done-before' });
    expect(await income()).toEqual([{ date: '2026-11-20', count: 1, amount: 4000 }]);
    const kept = await database.query('SELECT received_at FROM journal_records WHERE device_no = $1', [deviceNo]);
    expect(kept).toEqual([{ received_at: NOW + 5 }]);
    expect(await database.query('SELECT times, outcome FROM quarantine WHERE id = $1', [row!.id])).toEqual([
      { times: 1, outcome: 'accepted' },
    ]);
    expect(await reprocessQuarantined(database, writer, 0, NOW)).toEqual({ state: 'not-found' });
  });

  it('accepts spooled records of an earlier epoch after a rotation, under their own key, with a receipt per epoch', async () => {
    const old = terminal.payment();
    terminal.rotate();
    const unknown = terminal.payment();
    expect(await outcome(unknown)).toMatchObject({ code: 'unknown-epoch' });
    await seedEpoch(database, sealer, terminal, deviceNo);
    const receipts = await send([unknown, old]);
    expect(receipts.map(({ epoch, contiguous }) => ({ epoch, contiguous }))).toEqual([
      { epoch: 2, contiguous: 1 },
      { epoch: 1, contiguous: 1 },
    ]);
    expect(receipts[0]!.of).toBe(receipts[1]!.of);
  });

  it('flags what officers should know and refuses nothing for it', async () => {
    const late = terminal.payment({ amount: 1000 }, NOW - 61 * 86_400_000);
    expect(await outcome(late)).toEqual({ seq: 1, outcome: 'accepted', flags: ['clock-skew', 'wrong-tariff'] });
    const future = terminal.payment({ tariff: 'NO-SUCH' }, NOW + 300_001);
    expect((await outcome(future)).flags).toEqual(['clock-skew', 'wrong-tariff']);
    expect(await outcome(terminal.payment({ attendant: 'nobody', shift: 's1' }))).toMatchObject({
      flags: ['unknown-attendant', 'unknown-shift'],
    });
    await send(terminal.record('shift-open', { shift: 's1', attendant: '', float: 0 }));
    writer = new JournalWriter(database, sealer, limits);
    expect(await outcome(terminal.payment({ shift: 's1' }))).not.toHaveProperty('flags');
  });

  it('never lets two writers that hold the same device both commit on an old state', async () => {
    const rival = new JournalWriter(database, sealer, limits);
    const records: TerminalRecord[] = Array.from({ length: 40 }, () => terminal.payment());
    const results = await Promise.all(
      records
        .flatMap((record) => [[writer, record] as const, [rival, record] as const])
        .reduce(
          (lanes, [who, record]) => {
            const lane = who === writer ? 0 : 1;
            lanes[lane] = lanes[lane]!.then(async (done) => [...done, ...(await who.write([message(record)]))]);
            return lanes;
          },
          [Promise.resolve([]), Promise.resolve([])] as Promise<(readonly Receipt[])[]>[],
        ),
    );
    const outcomes = results.flat(2).flatMap((receipt) => receipt.results.map((r) => r.outcome));
    expect(outcomes.filter((o) => o === 'accepted')).toHaveLength(40);
    expect(outcomes.filter((o) => o === 'duplicate')).toHaveLength(40);
    expect(await income()).toEqual([{ date: '2026-11-20', count: 40, amount: 160_000 }]);
  });

  it('gives each record to the point of its device at the time it happened', async () => {
    const other = await seedPoint(database, `Q-${made}`);
    await send(terminal.payment());
    await database.query('UPDATE device_assignments SET valid_to = $2 WHERE device_no = $1', [
      deviceNo,
      new Date(NOW + 1000),
    ]);
    await database.query('INSERT INTO device_assignments (device_no, point_id, valid_from) VALUES ($1, $2, $3)', [
      deviceNo,
      other,
      new Date(NOW + 1000),
    ]);
    await send([terminal.payment({}, NOW + 1000), terminal.payment({}, NOW + 999)]);
    expect(await income()).toEqual([{ date: '2026-11-20', count: 2, amount: 8000 }]);
    pointId = other;
    expect(await income()).toEqual([{ date: '2026-11-20', count: 1, amount: 4000 }]);
  });

  it('holds what no text column could: control characters, unknown types, huge sequence numbers', async () => {
    const odd = terminal.sign({
      seq: Number.MAX_SAFE_INTEGER,
      type: 'pay\u0000ment' as never,
      body: { 'k\u0000': '\u0000' },
    });
    expect((await send(odd))[0]).toMatchObject({
      results: [{ seq: Number.MAX_SAFE_INTEGER, outcome: 'quarantined', code: 'bad-schema' }],
      contiguous: 0,
      missing: [[1, Number.MAX_SAFE_INTEGER - 1]],
    });
    expect(await outcome(terminal.payment({ plate: 'BK \u0001 "x"' as never }))).toMatchObject({ outcome: 'accepted' });
  });
});
