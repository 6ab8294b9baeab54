import { randomBytes, randomUUID } from 'node:crypto';
import { ManualClock, seededRandom } from '@app/kernel';
import { JournalWriter, openDatabase, type Database } from '@app/persistence';
import { createLogger, createMetrics, loadConfig } from '@app/platform';
import { Sealer } from '@app/registry';
import { seedDevice, seedPoint, seedTariff } from './registry.js';
import { TestTerminal } from './terminal.js';
import { createTestDatabase } from './test-database.js';

/** Noon of a Friday in Jakarta. */
export const TEST_NOON = Date.parse('2026-11-20T12:00:00+07:00');

/** A run of a job that nobody stops. */
export const testRun = { id: 'test', attempt: 1, lastAttempt: true, signal: new AbortController().signal };

const log = createLogger({ service: 'test', level: 'fatal' });

/** A city of a test's own, whose journal is written as the gateway does, and what a job needs to work on it. */
export class TestCity {
  readonly clock = new ManualClock(TEST_NOON);
  readonly sealer = new Sealer([randomBytes(32)]);
  private made = 0;

  private constructor(
    readonly url: string,
    /** The same database with the worker's rights. */
    readonly workerUrl: string,
    readonly database: Database,
    private readonly drop: () => Promise<void>,
  ) {}

  static async create(): Promise<TestCity> {
    const test = await createTestDatabase();
    const database = openDatabase({ url: test.url, poolSizeMax: 6 });
    await seedTariff(database, 'CAR', 'car', 4000);
    return new TestCity(test.url, test.urlFor('worker'), database, () => test.drop());
  }

  /** What a worker's job works with, but for the queues: for jobs that add no jobs themselves. */
  core(env: Record<string, string> = {}) {
    return {
      config: loadConfig({ DATABASE_URL: this.url, ...env }),
      database: this.database,
      sealer: this.sealer,
      queues: undefined as never,
      clock: this.clock,
      random: seededRandom(1),
      log,
      metrics: createMetrics('test'),
    };
  }

  async device(kind: 'handheld' | 'meter' = 'handheld') {
    const name = ++this.made;
    const pointId = await seedPoint(this.database, `P-${name}`);
    const terminal = new TestTerminal(`hh-${String(name).padStart(4, '0')}`, randomBytes(32), 1, TEST_NOON);
    const deviceNo = await seedDevice(this.database, this.sealer, terminal, pointId, kind);
    return { pointId, terminal, deviceNo };
  }

  /** Takes records into the journal, received now. */
  async journal(deviceNo: number, ...records: object[]): Promise<void> {
    const writer = new JournalWriter(this.database, this.sealer, { clockAheadMsMax: 3e5, clockBehindMsMax: 6e9 });
    for (const record of records)
      await writer.write([
        { deviceNo, topic: 't', payload: Buffer.from(JSON.stringify(record)), receivedAt: this.clock.now() },
      ]);
  }

  /** The device is connected to a gateway that lives at this instant. */
  async connect(deviceNo: number, over: { heardAt?: number; journalAt?: number | null } = {}): Promise<string> {
    const gateway = randomUUID();
    const now = this.clock.now();
    await this.database.query('INSERT INTO gateway_instances (id, started_at, heartbeat_at) VALUES ($1, $2, $2)', [
      gateway,
      new Date(now),
    ]);
    const journalAt = over.journalAt === undefined ? now : over.journalAt;
    await this.database.query(
      `INSERT INTO device_presence (device_no, gateway_id, connected_at, heard_at, journal_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (device_no) DO UPDATE SET gateway_id = excluded.gateway_id, connected_at = excluded.connected_at,
         disconnected_at = NULL, heard_at = excluded.heard_at, journal_at = excluded.journal_at`,
      [
        deviceNo,
        gateway,
        new Date(now),
        new Date(over.heardAt ?? now),
        journalAt === null ? null : new Date(journalAt),
      ],
    );
    return gateway;
  }

  /** All gateways are alive at this instant. */
  async heartbeat(): Promise<void> {
    await this.database.query('UPDATE gateway_instances SET heartbeat_at = $1', [new Date(this.clock.now())]);
  }

  async alarms(): Promise<string[]> {
    const rows = await this.database.query<{ key: string }>(
      'SELECT key FROM alarms WHERE cleared_at IS NULL ORDER BY key',
    );
    return rows.map(({ key }) => key);
  }

  async close(): Promise<void> {
    await this.database.close();
    await this.drop();
  }
}
