import { createHmac, randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { prepareDataFolder } from '../data-folder.js';
import { startPostgres } from '../postgres.js';
import { repository } from '../run.js';
import { ROOT } from './city.js';
import { cpuSeconds } from './cpu.js';
import { citiesTable, measuredTable, others, writeScale } from './scale/tell.js';

/** @typedef {import('../../../libs/persistence/src/index.js')} Persistence */
/** @typedef {import('../../../libs/persistence/src/index.js').Database} Database */
/** @typedef {import('./scale/tell.js').Scale} Scale */

const DAY_RECORDS = 10_000_000;
const STEP_RECORDS = 1_000_000;
const KEY = randomBytes(32);
const NOW = Date.parse('2026-11-20T05:00:00Z');
const FLAGS = { clockAheadMsMax: 300_000, clockBehindMsMax: 60 * 86_400_000 };

/** What docs/SCALE.md is made of: few terminals, many of them, and ten million records. */
const WHOLE = [
  { records: 150_000, devices: 5_000, perMessage: 1 },
  { records: 300_000, devices: 75_000, perMessage: 1 },
  { records: DAY_RECORDS, devices: 5_000, perMessage: 10 },
];
/** To try it out. */
const QUICK = [
  { records: 5_000, devices: 500, perMessage: 1 },
  { records: 10_000, devices: 2_000, perMessage: 1 },
  { records: 50_000, devices: 500, perMessage: 10 },
];

/**
 * `npm run bench -- scale [--quick | --records 200000 --devices 5000 --per-message 1]`: what ten million records a day
 * cost. Writes records of many devices as the gateway does (MAC, chain, sequence, journal, roll-ups, outbox; batches of
 * 250 messages on two lanes) into a fresh durable PostgreSQL, and measures rate, CPU, bytes of tables and WAL a record,
 * and rate and CPU of each million. Without options it writes the tables of docs/SCALE.md, with figures of
 * docs/BENCHMARKS.md among them; run `ingest` and `reconcile` before.
 * @param {string[]} args
 */
export async function bench(args) {
  const { values } = parseArgs({
    args,
    options: {
      records: { type: 'string' },
      devices: { type: 'string', default: '5000' },
      'per-message': { type: 'string', default: '1' },
      quick: { type: 'boolean', default: false },
    },
  });
  if (values.records !== undefined) {
    await run({ records: +values.records, devices: +values.devices, perMessage: +values['per-message'] });
    return;
  }
  const known = values.quick ? { idleKb: NaN, perSecond: NaN, reconcileMicros: NaN } : others();
  const all = [];
  for (const plan of values.quick ? QUICK : WHOLE) all.push(await run(plan));
  const [few, many] = /** @type {[Scale, Scale]} */ (all);
  const [measured, cities] = [measuredTable(all, known), citiesTable(few, many, known)];
  console.log(`${measured}\n\n${cities}`);
  if (!values.quick) writeScale(measured, cities);
}

/** @param {{records: number, devices: number, perMessage: number}} plan @returns {Promise<Scale>} */
async function run(plan) {
  /** @type {Persistence} */
  const persistence = await import(join(repository, 'dist/libs/persistence/src/index.js'));
  const dataDir = join(ROOT, 'scale');
  rmSync(dataDir, { recursive: true, force: true });
  prepareDataFolder(dataDir, { newDatabase: true });
  const server = await startPostgres({ folder: join(dataDir, 'postgres'), port: 0, durable: true });
  try {
    await persistence.runMigrations(server.url);
    const database = persistence.openDatabase({ url: server.url, poolSizeMax: 4 });
    try {
      return await measure(persistence, database, server.pid, plan);
    } finally {
      await database.close();
    }
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/**
 * @param {Persistence} persistence @param {Database} database @param {number} pid
 * @param {{records: number, devices: number, perMessage: number}} plan
 * @returns {Promise<Scale>}
 */
async function measure(persistence, database, pid, plan) {
  const load = loadavg()[0] ?? NaN;
  /** @type {number[]} µs a record of each million */
  const steps = [];
  const sealer = await seed(database, plan.devices);
  const writer = new persistence.JournalWriter(database, sealer, FLAGS);
  const pens = Array.from({ length: plan.devices }, () => ({ seq: 0, prev: '' }));
  const [start] = await figures(database);
  const messages = plan.records / plan.perMessage;
  let [next, seconds, cpu] = [0, 0, 0];
  let told = { records: 0, seconds, cpu };
  /** A lane keeps to its own devices. @param {number} lane */
  const batchOf = (lane) =>
    Array.from({ length: 250 }, (_, i) => messageOf(pens, ((next + i) * 2 + lane) % plan.devices, plan.perMessage));
  while (next * 2 < messages) {
    const batches = [batchOf(0), batchOf(1)];
    next += 250;
    const [from, own, theirs] = [performance.now(), process.cpuUsage(), cpuSeconds(pid) ?? 0];
    await Promise.all(batches.map((batch) => writer.write(batch)));
    seconds += (performance.now() - from) / 1000;
    const { user, system } = process.cpuUsage(own);
    cpu += (user + system) / 1e6 + (cpuSeconds(pid) ?? 0) - theirs;
    const records = next * 2 * plan.perMessage;
    if (records - told.records >= STEP_RECORDS) {
      steps.push(tellStep(told, { records, seconds, cpu }));
      told = { records, seconds, cpu };
    }
  }
  const [end] = await figures(database);
  const cost = report(start, end, { seconds, cpu });
  return { ...plan, ...cost, ends: steps.length > 1 ? [steps[0] ?? NaN, steps.at(-1) ?? NaN] : null, load };
}

/**
 * How the cost of a record grows with what is there.
 * @typedef {{records: number, seconds: number, cpu: number}} Spent
 * @param {Spent} before @param {Spent} now @returns {number} µs of CPU a record
 */
function tellStep(before, now) {
  const records = now.records - before.records;
  const rate = records / (now.seconds - before.seconds);
  const micros = ((now.cpu - before.cpu) / records) * 1e6;
  console.log(`after ${now.records}: ${rate.toFixed(0)} records/s, ${micros.toFixed(0)} µs of CPU a record`);
  return micros;
}

/** @param {Database} database @param {number} count */
async function seed(database, count) {
  const { Sealer, journalKeyContext } = await import(join(repository, 'dist/libs/registry/src/index.js'));
  const sealer = new Sealer([randomBytes(32)]);
  await database.query(
    `INSERT INTO points (code, name) SELECT 'P-' || n, 'Point ' || n FROM generate_series(1, ${count}) n`,
  );
  await database.query(
    `INSERT INTO devices (device_id, kind) SELECT 'dev-' || n, 'meter' FROM generate_series(1, ${count}) n`,
  );
  await database.query(`INSERT INTO device_assignments (device_no, point_id, valid_from)
    SELECT d.device_no, p.id, '-infinity' FROM devices d JOIN points p ON p.code = 'P-' || substr(d.device_id, 5)`);
  const sealed = Array.from({ length: count }, (_, i) => sealer.seal(KEY, journalKeyContext(`dev-${i + 1}`, 1)));
  await database.query(
    `INSERT INTO device_epochs (device_no, epoch, password_hash, journal_key_sealed)
     SELECT d.device_no, 1, '\\x00', k.sealed FROM unnest($1::bytea[]) WITH ORDINALITY AS k (sealed, n)
       JOIN devices d ON d.device_id = 'dev-' || k.n`,
    [sealed],
  );
  return sealer;
}

/** @param {{seq: number, prev: string}[]} pens @param {number} index @param {number} count */
function messageOf(pens, index, count) {
  const records = Array.from({ length: count }, () => {
    const pen = /** @type {{seq: number, prev: string}} */ (pens[index]);
    pen.seq++;
    const at = new Date(NOW - 3_600_000 + pen.seq * 1000).toISOString();
    // In the canonical order of RFC 8785: names sorted.
    const body = { amount: 3000, attendant: '', method: 'cash', shift: '', tariff: 'T', vehicleClass: 'car' };
    const record = { at, body, epoch: 1, prev: pen.prev, seq: pen.seq, type: 'payment', v: 1 };
    pen.prev = createHmac('sha256', KEY).update(JSON.stringify(record)).digest('base64url');
    return { ...record, mac: pen.prev };
  });
  const payload = Buffer.from(JSON.stringify(count === 1 ? records[0] : records));
  return { deviceNo: index + 1, topic: `eparking/v1/dev-${index + 1}/journal`, payload, receivedAt: NOW };
}

/** @param {Database} database */
function figures(database) {
  return /** @type {Promise<Record<string, number>[]>} */ (
    database.query(`SELECT (SELECT count(*) FROM journal_records WHERE body_fault IS NULL) AS records,
      (SELECT count(*) FROM quarantine) AS quarantined, (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint AS wal,
      (SELECT sum(pg_total_relation_size(relid))::bigint FROM pg_partition_tree('journal_records')) AS journal,
      pg_database_size(current_database()) AS size`)
  );
}

/**
 * @param {Record<string, number> | undefined} start @param {Record<string, number> | undefined} end
 * @param {{seconds: number, cpu: number}} spent
 */
function report(start = {}, end = {}, { seconds, cpu }) {
  const of = (/** @type {string} */ name) => Number(end[name]) - Number(start[name]);
  const records = of('records');
  const perDay = (/** @type {number} */ bytes) => ((bytes / records) * DAY_RECORDS) / 1e9;
  const rate = records / seconds;
  console.log(`${records} records, ${of('quarantined')} quarantined; ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}
rate                     ${rate.toFixed(0)} records/s; ten million take ${(DAY_RECORDS / rate / 3600).toFixed(1)} h
CPU                      ${((cpu / records) * 1e6).toFixed(0)} µs a record: ${(((cpu / records) * DAY_RECORDS) / 3600).toFixed(1)} core hours a day
journal with its indexes ${(of('journal') / records).toFixed(0)} bytes a record: ${perDay(of('journal')).toFixed(1)} GB a day
everything               ${(of('size') / records).toFixed(0)} bytes a record: ${perDay(of('size')).toFixed(1)} GB a day
WAL                      ${(of('wal') / records).toFixed(0)} bytes a record: ${perDay(of('wal')).toFixed(1)} GB a day`);
  const [micros, bytes, wal] = [(cpu / records) * 1e6, of('size') / records, of('wal') / records];
  return { records, perSecond: rate, micros, bytes, wal };
}
