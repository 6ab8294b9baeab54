import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { prepareDataFolder } from '../data-folder.js';
import { PlainError } from '../plain-error.js';
import { startPostgres } from '../postgres.js';
import { repository, runProgram } from '../run.js';
import { datesFrom, forgetTemplate, writeCity, writeDay } from './month.js';

/**
 * A year of a made-up city in a PostgreSQL of its own: the journal with every column and index of the product, and the
 * papers, settlement lines and bank entries that belong to it. No roll-up: whoever measures lets the product make them.
 *
 * @typedef {{points: number, days: number, perDay: number}} YearSize
 * @typedef {object} Year
 * @property {string} url
 * @property {number} postgresPid
 * @property {string[]} dates its business days, the last one yesterday's
 * @property {NodeJS.ProcessEnv} env for the product's processes
 * @property {string} adminPassword
 * @property {(text: string, values?: unknown[]) => Promise<Record<string, any>[]>} query
 * @property {(text: string) => Promise<unknown[][]>} rows the same as bare values
 * @property {(name: string, work: () => Promise<void>) => Promise<boolean>} once does what the kept database lacks yet
 * @property {() => Promise<void>} close
 */

const ROOT = process.env['BENCH_DATA_DIR'] ?? join(repository, '.data', 'bench-year');
const BYTES_A_RECORD = 1_200;
/** Days written at the same time: one a core. */
const LANES = 2;

/** @param {YearSize} size */
const folderOf = (size) => join(ROOT, `${size.points}x${size.perDay}x${size.days}`);

/** Whether the disk holds a year, unless it is there already. @param {YearSize} size */
export function requireRoom(size) {
  if (existsSync(join(folderOf(size), 'year.json'))) return;
  mkdirSync(ROOT, { recursive: true });
  const { bavail, bsize } = statfsSync(ROOT);
  const bytes = size.points * size.perDay * size.days * BYTES_A_RECORD;
  if (bavail * bsize < bytes)
    throw new PlainError(`This takes ${Math.ceil(bytes / 1e9)} GB of disk: make room, or ask for fewer days.`);
}

/**
 * Opens the year in its folder, made anew unless one of this size was kept there.
 * @param {YearSize} size @param {{keep: boolean}} options keep: leave it for the next run
 * @returns {Promise<Year>}
 */
export async function openYear(size, { keep }) {
  const folder = folderOf(size);
  const noted = join(folder, 'year.json');
  if (!existsSync(noted)) await makeYear(size, folder, noted);
  /** @type {{dates: string[], sealingKey: string, adminPassword: string, done: string[]}} */
  const note = JSON.parse(readFileSync(noted, 'utf8'));
  const server = await startPostgres({ folder: join(folder, 'postgres'), port: 0, durable: true });
  // One that was kept may be of an earlier version.
  const { runMigrations } = await import(join(repository, 'dist/libs/persistence/src/index.js'));
  await runMigrations(server.url);
  const pool = new pg.Pool({ connectionString: server.url, max: 2 });
  pool.on('error', () => undefined);
  return {
    url: server.url,
    postgresPid: server.pid,
    dates: note.dates,
    env: environment(server.url, folder, note),
    adminPassword: note.adminPassword,
    query: async (text, values) => (await pool.query(text, values)).rows,
    rows: async (text) => (await pool.query({ text, rowMode: 'array' })).rows,
    once: async (name, work) => {
      if (note.done.includes(name)) return false;
      await work();
      note.done.push(name);
      writeFileSync(noted, JSON.stringify(note));
      return true;
    },
    close: async () => {
      await pool.end();
      await server.stop();
      if (!keep) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @param {string} url @param {string} folder @param {{sealingKey: string, adminPassword: string}} secrets */
function environment(url, folder, { sealingKey, adminPassword }) {
  return {
    ...process.env,
    NODE_ENV: 'production',
    DATABASE_URL: url,
    EPARKING_DATA_DIR: folder,
    EPARKING_SEALING_KEY: sealingKey,
    EPARKING_ADMIN_PASSWORD: adminPassword,
    EPARKING_LOG_LEVEL: 'warn',
  };
}

/** @param {YearSize} size @param {string} folder @param {string} noted */
async function makeYear({ points, days, perDay }, folder, noted) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  prepareDataFolder(folder, { newDatabase: true });
  const yesterday = Date.now() - 86_400_000;
  const dates = datesFrom(new Date(yesterday - (days - 1) * 86_400_000).toISOString().slice(0, 10), days);
  const secrets = {
    sealingKey: randomBytes(32).toString('base64url'),
    adminPassword: randomBytes(12).toString('base64url'),
  };
  // Not durable while it is written: a crash means to begin anew.
  const server = await startPostgres({ folder: join(folder, 'postgres'), port: 0, durable: false });
  try {
    const setup = join(repository, 'dist/apps/admin-api/src/cli/setup.js');
    const env = environment(server.url, folder, secrets);
    const { code, output } = await runProgram(process.execPath, [setup], { quiet: true, env });
    if (code !== 0) throw new PlainError(`The benchmark's database could not be set up: ${output.trim()}`);
    const began = performance.now();
    await writeDays(server.url, { points, perDay, dates });
    const seconds = (performance.now() - began) / 1000;
    console.log(`\n${days} days of ${points} points written in ${seconds.toFixed(0)} s`);
  } finally {
    await server.stop();
  }
  writeFileSync(noted, JSON.stringify({ dates, ...secrets, done: [] }));
}

/** @param {string} url @param {{points: number, perDay: number, dates: string[]}} year */
async function writeDays(url, { points, perDay, dates }) {
  const pool = new pg.Pool({ connectionString: url, max: LANES });
  pool.on('error', () => undefined);
  try {
    await writeCity(pool, { points, perDay, dates });
    for (const statement of AROUND) await pool.query(statement);
    const withoutIndexes = await takeIndexes(pool);
    const left = [...dates.entries()];
    let written = 0;
    const lane = async () => {
      const client = await pool.connect();
      for (let next = left.shift(); next; next = left.shift()) {
        const [number, date] = next;
        await writeDay(client, { date, number, perDay, rollUps: false });
        if (++written % 10 === 0) process.stdout.write(`${written} `);
      }
      client.release();
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    await forgetTemplate(pool);
    await withoutIndexes.putBack();
    await pool.query(HEADS, [dates.length * (perDay + RECORDS_BESIDE)]);
    for (const statement of ['VACUUM ANALYZE', 'CHECKPOINT']) await pool.query(statement);
  } finally {
    await pool.end();
  }
}

/** Tables of the many rows, whose indexes are faster made afterwards, by the definitions that the migrations gave them. */
const LARGE = ['settlement_rows', 'hand_overs', 'shifts', 'voids'];

/** @param {pg.Pool} pool @returns {Promise<{putBack: () => Promise<void>}>} */
async function takeIndexes(pool) {
  const { rows: tables } = await pool.query(
    `SELECT relid::regclass::text AS name FROM pg_partition_tree('journal_records') WHERE isleaf
     UNION ALL SELECT unnest($1::text[])`,
    [LARGE],
  );
  const names = tables.map(({ name }) => name);
  const { rows: constraints } = await pool.query(
    `SELECT conname AS name, conrelid::regclass::text AS of, pg_get_constraintdef(oid) AS definition FROM pg_constraint
      WHERE contype IN ('p', 'f') AND conrelid::regclass::text = ANY($1) ORDER BY contype DESC`,
    [names],
  );
  for (const { name, of } of constraints.toReversed()) await pool.query(`ALTER TABLE ${of} DROP CONSTRAINT ${name}`);
  const { rows: indexes } = await pool.query(
    'SELECT indexname AS name, indexdef AS definition FROM pg_indexes WHERE tablename = ANY($1)',
    [names],
  );
  for (const { name } of indexes) await pool.query(`DROP INDEX ${name}`);
  const putBack = async () => {
    const left = [...indexes];
    const lane = async () => {
      const client = await pool.connect();
      await client.query(`SET maintenance_work_mem = '512MB'`);
      for (let next = left.shift(); next; next = left.shift()) await client.query(next.definition);
      client.release();
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    for (const { name, of, definition } of constraints)
      await pool.query(`ALTER TABLE ${of} ADD CONSTRAINT ${name} ${definition}`);
  };
  return { putBack };
}

/** A shift opened and closed, and a void, besides a day's payments. */
const RECORDS_BESIDE = 3;
const HEADS = /* sql */ `
INSERT INTO journal_heads (device_no, epoch, max_seq, tail_mac, last_record_at)
SELECT device_no, 1, $1::bigint, repeat('m', 43), now() FROM devices`;
/** What reports name besides: attendants, streets, classes of street, operators that run nothing yet. */
const AROUND = [
  `INSERT INTO attendants (code, name, badge_number) SELECT 'A-' || lpad(id::text, 4, '0'), 'Attendant ' || id, 'B' || id FROM points`,
  `INSERT INTO attendant_assignments (attendant_code, point_id, valid_from)
   SELECT 'A-' || lpad(id::text, 4, '0'), id, '-infinity' FROM points`,
  `UPDATE points SET street = 'Street ' || id % 40`,
  `INSERT INTO point_street_classes (point_id, street_class, valid_from)
   SELECT id, (ARRAY['I', 'II', 'III'])[id % 3 + 1], '2000-01-01' FROM points`,
  `INSERT INTO targets (year, month, source, revision, amount, entered_by)
   SELECT extract(year FROM now())::int, m, 'Target', 1, 1000000000, 'bench' FROM generate_series(1, 12) m`,
];
