import { removeTestFolders } from './test-postgres.js';

/** After the last test: ends the server that global-setup started. */
export default async function globalTeardown() {
  await /** @type {any} */ (globalThis).testPostgres?.stop();
  removeTestFolders();
}
