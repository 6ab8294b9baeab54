import { startTestPostgres } from './test-postgres.js';

/**
 * Before the first medium or e2e test: one PostgreSQL for all of them, told to the test processes by this variable.
 * Plain JavaScript, because jest loads it without its transforms. Migrations run in the first test that asks for a
 * database (test-database.ts).
 */
export default async function globalSetup() {
  const server = await startTestPostgres();
  process.env['EPARKING_TEST_DATABASE_URL'] = server.url;
  /** @type {any} */ (globalThis).testPostgres = server;
}
