import { chmodSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { openCity, ROOT } from './city.js';

/**
 * What PostgreSQL itself does with the rows that a gateway wrote.
 *
 * @typedef {object} Taken rows of a journal in files that a server reads
 * @property {string} folder
 * @property {number} files of {@link FILE_ROWS} rows each, the last one of fewer
 * @property {number} rows
 */

/** Rows of a file, each of which is copied in a transaction of its own. */
const FILE_ROWS = 5_000;
const CONNECTIONS = 2;
const COLUMNS = `device_no, epoch, seq, received_at, at, business_date, point_id, type, body_fault, vehicle_class, method,
  amount, attendant, shift, flags, record`;

/** Takes a journal's rows in the order in which they were written. @param {import('./city.js').BenchCity} city @returns {Promise<Taken>} */
export async function takeRows(city) {
  const folder = mkdtempSync(join(ROOT, 'rows-'));
  chmodSync(folder, 0o755);
  await city.query(
    'CREATE TABLE rows AS SELECT row_number() OVER (ORDER BY tableoid, ctid) - 1 AS n, * FROM journal_records',
  );
  await city.query('CREATE INDEX ON rows (n)');
  const [counted] = await city.query('SELECT count(*) FROM rows');
  const rows = Number(counted?.count);
  const files = Math.ceil(rows / FILE_ROWS);
  for (let file = 0; file < files; file++) {
    const written = join(city.folder, 'postgres', `rows-${file}`);
    const which = `n >= ${file * FILE_ROWS} AND n < ${(file + 1) * FILE_ROWS}`;
    await city.query(`COPY (SELECT ${COLUMNS} FROM rows WHERE ${which} ORDER BY n) TO '${written}'`);
    renameSync(written, join(folder, `${file}`));
  }
  return { folder, files, rows };
}

/**
 * COPY of these rows into the same table with its indexes, over two connections, on a fresh database and after a warm-up,
 * as the gateway had it. The files go when it is done.
 * @param {Taken} taken @param {number} warmUp rows of these that are copied before @returns {Promise<number>} rows a second
 */
export async function copyCeiling({ folder, files, rows }, warmUp) {
  const city = await openCity();
  /** @param {number} from @param {number} to files */
  const copy = (from, to) =>
    Promise.all(
      Array.from({ length: CONNECTIONS }, async (_, lane) => {
        const client = new pg.Client({ connectionString: city.url });
        await client.connect();
        for (let file = from + lane; file < to; file += CONNECTIONS)
          await client.query(`COPY journal_records FROM '${join(folder, `${file}`)}'`);
        await client.end();
      }),
    );
  try {
    const first = Math.ceil(warmUp / FILE_ROWS);
    await copy(0, first);
    const began = performance.now();
    await copy(first, files);
    const seconds = (performance.now() - began) / 1000;
    const [row] = await city.query('SELECT count(*) FROM journal_records');
    if (Number(row?.count) !== rows) throw new Error(`COPY left ${row?.count} of ${rows} rows`);
    return (rows - first * FILE_ROWS) / seconds;
  } finally {
    await city.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
