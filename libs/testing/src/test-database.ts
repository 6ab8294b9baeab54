import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as persistence from '@app/persistence';
import { Client } from 'pg';

/** A database of a test file's own: migrated, otherwise empty. */
export interface TestDatabase {
  readonly url: string;
  readonly name: string;
  /** The same database for one process, with that process's rights. */
  urlFor(process: persistence.ProcessName): string;
  /**
   * Removes the database.
   * @throws Error naming the connections that the test left open: close what you open
   */
  drop(): Promise<void>;
}

const TEMPLATE = 'eparking_template';
/** Any number, the same in every test process: who holds this lock makes the template. */
const TEMPLATE_LOCK = 20_261_121;
const CLOSE_MS_MAX = 2_000;

/** The server that jest's global setup started. */
function serverUrl(): string {
  const url = process.env['EPARKING_TEST_DATABASE_URL'];
  if (url) return url;
  throw new Error(
    'No test database: name the file *.medium.spec.ts or put it into e2e/, so that jest starts PostgreSQL.',
  );
}

function urlOf(database: string): string {
  const url = new URL(serverUrl());
  url.pathname = `/${database}`;
  return url.href;
}

/** Runs `work` on a connection to the maintenance database and closes it. */
async function administer<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Migrates once into a template; test processes that come at the same time wait for the first. */
async function ensureTemplate(client: Client): Promise<void> {
  await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [TEMPLATE]);
    if (rowCount) return;
    const draft = `${TEMPLATE}_draft`;
    await client.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${draft}`);
    await persistence.ensureRoles(urlOf(draft));
    await persistence.runMigrations(urlOf(draft));
    await client.query(`ALTER DATABASE ${draft} RENAME TO ${TEMPLATE}`);
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  }
}

/** What still works in a database, as "application: last statement". */
async function openConnections(client: Client, name: string): Promise<string[]> {
  const { rows } = await client.query<{ application_name: string; query: string }>(
    'SELECT application_name, query FROM pg_stat_activity WHERE datname = $1',
    [name],
  );
  return rows.map((row) => `${row.application_name || 'unnamed'}: ${row.query.slice(0, 80)}`);
}

async function drop(name: string): Promise<void> {
  const leaked = await administer(async (client) => {
    let open = await openConnections(client, name);
    for (const end = Date.now() + CLOSE_MS_MAX; open.length > 0 && Date.now() < end; await sleep(25))
      open = await openConnections(client, name);
    await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
    return open;
  });
  if (leaked.length > 0) throw new Error(`The test left connections open to its database:\n${leaked.join('\n')}`);
}

/** A fresh, migrated database: call in `beforeAll`, and its `drop()` in `afterAll` after closing your connections. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await administer(async (client) => {
    await ensureTemplate(client);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} STRATEGY file_copy`);
    // What is granted on a database itself is not copied from its template.
    await client.query(`GRANT CREATE ON DATABASE ${name} TO ${persistence.PROCESS_ROLES.worker}`);
  });
  const urlFor = (process: persistence.ProcessName): string => {
    const url = new URL(urlOf(name));
    url.username = persistence.PROCESS_ROLES[process];
    return url.href;
  };
  return { name, url: urlOf(name), urlFor, drop: () => drop(name) };
}
