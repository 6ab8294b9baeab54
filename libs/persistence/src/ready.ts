import type { Sql } from './database.js';
import { migrations } from './migrations/index.js';

/**
 * Resolves when the database answers and its schema has every migration that this program knows; rejects with the
 * reason. A newer schema is fine: migrations expand before they contract.
 */
export async function checkReady(sql: Sql): Promise<void> {
  const known = migrations.at(-1)!.name;
  const rows = await sql.query('SELECT 1 FROM schema_migrations WHERE name = $1', [known]);
  if (rows.length === 0) throw new Error(`the schema lacks ${known}: run the setup`);
}
