import type { DataSource } from 'typeorm';
import { applyGrants } from './roles.js';
import { migrations } from './migrations/index.js';

export interface DatabaseOptions {
  /** postgres:// address. */
  readonly url: string;
  /** Connections at most (default 10). */
  readonly poolSizeMax?: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName?: string;
  /** A statement that runs longer is given up (default: no bound). */
  readonly statementMsMax?: number;
  /** Each statement works on one core: where many ask at once, helpers of one take more from the others than they give it. */
  readonly oneCoreEach?: boolean;
}

/**
 * TypeORM's connections, which run the migrations. It is loaded here, for only the setup migrates: with it every process
 * would start a third of a second later and hold 16 MB more.
 */
async function openDataSource(url: string, through: string | undefined): Promise<DataSource> {
  const { DataSource } = await import('typeorm');
  const last = migrations.findIndex(({ name }) => name === through);
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    entities: [],
    migrations: last < 0 ? migrations : migrations.slice(0, last + 1),
    migrationsTableName: 'schema_migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
    logging: false,
    applicationName: 'eparking-migrate',
    poolSize: 2,
    extra: { connectionTimeoutMillis: 5_000 },
  });
  return dataSource.initialize();
}

/** Any number: the key of the advisory lock that lets only one process migrate at a time. */
const MIGRATION_LOCK = 7_265_001;

/**
 * Brings the schema and each process's rights up to date. Safe to call from several processes at once: they queue behind an advisory lock.
 * Throws what PostgreSQL says when the address, the rights or a migration fail.
 * @param options.through the name of the last migration to run: an earlier version's schema, for an earlier backup
 */
export async function runMigrations(url: string, options: { readonly through?: string } = {}): Promise<void> {
  const dataSource = await openDataSource(url, options.through);
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await dataSource.runMigrations();
    await dataSource.transaction((manager) => applyGrants((text) => manager.query(text)));
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await lock.release();
    await dataSource.destroy();
  }
}
