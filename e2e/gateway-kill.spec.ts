import { createHmac } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import packets from 'mqtt-packet';
import { Client } from 'pg';
import { Admin, type Provisioned } from './support/admin.js';
import { startSystem, type System } from './support/system.js';

/**
 * What PUBACK promises, against the built gateway: it is killed at random moments while terminals publish, and every
 * record that was ever acknowledged is in the journal, once. The seed of the moments is printed.
 */

const KILLS = 6;
const DEVICES = 8;
const WINDOW = 20;
const seed = Date.now() % 1_000_000;

/** A terminal that knows only the protocol: sends its journal in order, comes back, and sends again what has no PUBACK. */
class Terminal {
  /** Records made so far; their number is their place. */
  readonly texts: string[] = [];
  readonly acknowledged = new Set<number>();
  #socket: Socket | null = null;
  #next = 0;
  #prev = '';
  #makesMore = true;
  #ended = false;

  constructor(
    private readonly device: Provisioned,
    private readonly port: number,
  ) {}

  run(): void {
    if (this.#ended) return;
    const socket = connect({ port: this.port, host: '127.0.0.1', noDelay: true });
    const parser = packets.parser({ protocolVersion: 4 });
    this.#socket = socket;
    socket.on('data', (bytes) => parser.parse(bytes));
    socket.on('error', () => undefined);
    socket.on('close', () => setTimeout(() => this.run(), 50));
    parser.on('packet', (packet) => {
      if (packet.cmd === 'connack') this.#next = this.#oldest();
      if (packet.cmd === 'puback') this.acknowledged.add(packet.messageId!);
      this.#pump(socket);
    });
    const { deviceId, mqttPassword } = this.device;
    socket.write(
      packets.generate({
        cmd: 'connect',
        clientId: deviceId,
        username: deviceId,
        password: Buffer.from(mqttPassword),
        clean: true,
      }),
    );
  }

  /** Makes no new records; those that are made still go. */
  finish(): void {
    this.#makesMore = false;
  }

  get isDone(): boolean {
    return this.acknowledged.size === this.texts.length;
  }

  end(): void {
    this.#ended = true;
    this.#socket?.removeAllListeners('close');
    this.#socket?.destroy();
  }

  #oldest(): number {
    let seq = 1;
    while (this.acknowledged.has(seq)) seq++;
    return seq;
  }

  #pump(socket: Socket): void {
    if (this.#next === 0) return;
    const last = Math.min(this.#oldest() + WINDOW - 1, this.#makesMore ? Infinity : this.texts.length);
    for (; this.#next <= last; this.#next++)
      if (!this.acknowledged.has(this.#next)) socket.write(this.#frame(this.#next));
  }

  #frame(seq: number): Buffer {
    this.texts[seq - 1] ??= this.#seal(seq);
    const topic = `eparking/v1/${this.device.deviceId}/journal`;
    const payload = this.texts[seq - 1]!;
    return packets.generate({ cmd: 'publish', topic, payload, qos: 1, messageId: seq, dup: false, retain: false });
  }

  #seal(seq: number): string {
    const body = { amount: 1000, attendant: '', method: 'cash', shift: '', tariff: 'T', vehicleClass: 'motorcycle' };
    const at = new Date().toISOString();
    const unsealed = { at, body, epoch: 1, prev: this.#prev, seq, type: 'payment', v: 1 };
    const mac = createHmac('sha256', Buffer.from(this.device.journalKey, 'base64url'))
      .update(JSON.stringify(unsealed))
      .digest('base64url');
    this.#prev = mac;
    return JSON.stringify({ ...unsealed, mac });
  }
}

/** Numbers in [0, 1), the same for the same seed (a linear congruence is random enough to choose moments). */
function moments(from: number): () => number {
  let state = from;
  return () => (state = (state * 16_807 + 11) % 2_147_483_647) / 2_147_483_647;
}

let system: System;
const terminals: Terminal[] = [];

beforeAll(async () => {
  system = await startSystem();
  const admin = await Admin.signIn(system);
  await admin.request('POST', '/points', { code: 'MDN-001', name: 'One' });
  for (let i = 1; i <= DEVICES; i++) {
    const { body } = await admin.request('POST', '/devices', {
      deviceId: `hh-${String(i).padStart(4, '0')}`,
      kind: 'handheld',
      point: 'MDN-001',
    });
    terminals.push(new Terminal(body as Provisioned, system.mqttPort));
  }
}, 120_000);
afterAll(async () => {
  for (const terminal of terminals) terminal.end();
  await system.stop();
}, 60_000);

it(`loses no acknowledged record over ${KILLS} SIGKILLs of the gateway, and doubles none (seed ${seed})`, async () => {
  const random = moments(seed + 1);
  for (const terminal of terminals) terminal.run();
  for (let kill = 0; kill < KILLS; kill++) {
    await sleep(300 + 1_200 * random());
    await system.service('gateway').end('SIGKILL');
    await system.service('gateway').start();
  }
  for (const terminal of terminals) terminal.finish();
  while (!terminals.every((terminal) => terminal.isDone)) await sleep(50);

  const database = new Client({ connectionString: system.databaseUrl });
  await database.connect();
  const { rows } = await database.query<{ device_id: string; count: number; distinct: number; max: number }>(
    `SELECT device_id, count(*)::int, count(DISTINCT seq)::int AS distinct, max(seq)::int
       FROM journal_records JOIN devices USING (device_no) GROUP BY 1 ORDER BY 1`,
  );
  const { rows: income } = await database.query<{ count: number }>('SELECT sum(count)::int AS count FROM income_days');
  await database.end();
  const made = terminals.map((terminal) => terminal.texts.length);
  expect(rows.map(({ count, distinct, max }) => [count, distinct, max])).toEqual(made.map((n) => [n, n, n]));
  expect(income[0]!.count).toBe(made.reduce((sum, n) => sum + n, 0));
}, 180_000);
