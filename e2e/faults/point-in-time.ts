import { randomBytes } from 'node:crypto';
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres } from '../../infra/bootstrap/postgres.js';
import { businessDateOf } from '../../libs/kernel/src/index.js';
import { JournalWriter, openDatabase, proveDatabase, runMigrations } from '../../libs/persistence/src/index.js';
import { Sealer } from '../../libs/registry/src/index.js';
import {
  copyRunningServer,
  eventually,
  seedDevice,
  seedPoint,
  seedTariff,
  TestTerminal,
} from '../../libs/testing/src/index.js';

export interface PointInTimeReport {
  /** Records acknowledged before the base backup, between it and the target, and after the target. */
  readonly acknowledged: readonly [number, number, number];
  /** Records there after recovery to the target. */
  readonly restored: number;
  /** Of the records after the target, sent again by the terminal: accepted. */
  readonly sentAgain: number;
  readonly faults: readonly string[];
  readonly baseSeconds: number;
  readonly restoreSeconds: number;
  readonly walMegabytes: number;
}

const DAY_MS = 86_400_000;
const BATCH = 50;
const sealer = new Sealer([randomBytes(32)]);

/**
 * Rehearses a recovery to a point in time with PostgreSQL alone: WAL is archived as it is written, a base backup is taken
 * while records come in, the server and its data are destroyed, and base and WAL give everything up to an instant.
 * @param records how many are written in each of the three parts
 */
export async function rehearsePointInTime(records: number): Promise<PointInTimeReport> {
  const folder = mkdtempSync(join(tmpdir(), 'eparking-pitr-'));
  chmodSync(folder, 0o755);
  const archive = join(folder, 'archive');
  mkdirSync(archive);
  chmodSync(archive, 0o777); // PostgreSQL's own user writes there.
  try {
    return await rehearse(folder, archive, records);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function rehearse(folder: string, archive: string, records: number): Promise<PointInTimeReport> {
  const [live, base] = [join(folder, 'live'), join(folder, 'base')];
  let server = await startPostgres({ folder: live, port: 0, durable: true });
  await run(
    server.url,
    "ALTER SYSTEM SET archive_mode = 'on'",
    `ALTER SYSTEM SET archive_command = 'cp %p ${archive}/%f'`,
  );
  await server.stop();
  server = await startPostgres({ folder: live, port: server.port, durable: true });
  await runMigrations(server.url);
  const terminal = new TestTerminal('hh-0001', randomBytes(32), 1, Date.now());
  const made: object[] = [];
  const first = await record(server.url, terminal, records, made);
  const baseStarted = performance.now();
  await copyRunningServer({ url: server.url, folder: live }, base, {
    as: 'recovery',
    settings: ["archive_mode = 'off'", `restore_command = 'cp ${archive}/%f %p'`],
  });
  const baseSeconds = since(baseStarted);
  const second = await record(server.url, terminal, records, made);
  const [target] = await run<{ at: string }>(server.url, 'SELECT clock_timestamp()::text AS at');
  const third = await record(server.url, terminal, records, made);
  await archived(server.url);
  process.kill(server.pid, 'SIGKILL');
  await server.exited;
  rmSync(live, { recursive: true });

  const restoreStarted = performance.now();
  // The last line counts.
  const until = `recovery_target_time = '${target!.at}'\nrecovery_target_action = 'promote'\n`;
  appendFileSync(join(base, 'postgresql.auto.conf'), until);
  server = await startPostgres({ folder: base, port: 0, durable: true });
  try {
    await eventually(
      async () => {
        const [row] = await run<{ busy: boolean }>(server.url, 'SELECT pg_is_in_recovery() AS busy');
        if (row!.busy) throw new Error('still recovering');
      },
      { withinMs: 60_000, everyMs: 50 },
    );
    const restoreSeconds = since(restoreStarted);
    const restored = await countOf(server.url);
    const faults = await prove(server.url);
    const sentAgain = await send(server.url, made.slice(first + second));
    faults.push(...(await prove(server.url)));
    const bytes = readdirSync(archive).reduce((total, name) => total + statSync(join(archive, name)).size, 0);
    return {
      acknowledged: [first, second, third],
      restored,
      sentAgain,
      faults,
      baseSeconds,
      restoreSeconds,
      walMegabytes: bytes / 1e6,
    };
  } finally {
    await server.stop();
  }
}

/** Everything that was committed is in the archive. */
async function archived(url: string): Promise<void> {
  const [last] = await run<{ name: string }>(url, 'SELECT pg_walfile_name(pg_switch_wal()) AS name');
  await eventually(
    async () => {
      const [row] = await run<{ name: string | null }>(url, 'SELECT last_archived_wal AS name FROM pg_stat_archiver');
      if (!row!.name || row!.name < last!.name) throw new Error(`${last!.name} is not archived yet`);
    },
    { withinMs: 60_000, everyMs: 50 },
  );
}

let deviceNo = 0;

/** Writes records as the gateway does. @returns how many were acknowledged */
async function record(url: string, terminal: TestTerminal, count: number, made: object[]): Promise<number> {
  if (made.length === 0)
    await withDatabase(url, async (database) => {
      await seedTariff(database, 'CAR', 'car', 4000);
      deviceNo = await seedDevice(database, sealer, terminal, await seedPoint(database, 'P-1'));
    });
  const fresh = Array.from({ length: count }, () => terminal.payment({}, Date.now()));
  made.push(...fresh);
  return send(url, fresh);
}

/** @returns how many were accepted */
function send(url: string, records: readonly object[]): Promise<number> {
  return withDatabase(url, async (database) => {
    const writer = new JournalWriter(database, sealer, { clockAheadMsMax: 300_000, clockBehindMsMax: 60 * DAY_MS });
    let accepted = 0;
    for (let i = 0; i < records.length; i += BATCH) {
      const payload = Buffer.from(JSON.stringify(records.slice(i, i + BATCH)));
      const [receipts] = await writer.write([{ deviceNo, topic: 't', payload, receivedAt: Date.now() }]);
      accepted += receipts!.flatMap(({ results }) => results).filter(({ outcome }) => outcome === 'accepted').length;
    }
    return accepted;
  });
}

async function countOf(url: string): Promise<number> {
  const [row] = await run<{ count: string }>(url, 'SELECT count(*) FROM journal_records');
  return Number(row!.count);
}

function prove(url: string): Promise<string[]> {
  return withDatabase(url, async (database) => [...(await proveDatabase(database, businessDateOf(Date.now()))).faults]);
}

async function withDatabase<T>(
  url: string,
  work: (database: ReturnType<typeof openDatabase>) => Promise<T>,
): Promise<T> {
  const database = openDatabase({ url, poolSizeMax: 2 });
  return work(database).finally(() => database.close());
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return work(client).finally(() => client.end());
}

function run<Row extends pg.QueryResultRow>(url: string, ...statements: string[]): Promise<Row[]> {
  return withClient(url, async (client) => {
    let rows: Row[] = [];
    for (const statement of statements) rows = (await client.query<Row>(statement)).rows;
    return rows;
  });
}

const since = (startedMs: number): number => (performance.now() - startedMs) / 1000;
