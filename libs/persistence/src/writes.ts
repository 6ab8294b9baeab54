import { invariant } from '@app/kernel';
import type { Actor } from '@app/registry';
import type { Database, Sql } from './database.js';

/** A transaction of an officer's: writes, and the audit entries that commit with them. */
export interface WriteTx extends Sql {
  readonly actor: Actor;
  /** Notes what was done. `detail` holds no secret. */
  audit(action: string, subject: string, detail?: object): Promise<void>;
}

/**
 * Runs an officer's write in one transaction. It must leave at least one audit entry: a write that nobody can be asked
 * about is a fault of ours.
 */
export async function write<T>(database: Database, actor: Actor, work: (tx: WriteTx) => Promise<T>): Promise<T> {
  return database.transaction(async (sql) => {
    let entries = 0;
    const result = await work({
      actor,
      query: sql.query,
      async audit(action, subject, detail = {}) {
        entries++;
        await sql.query('INSERT INTO audit_log (actor, action, subject, detail, address) VALUES ($1, $2, $3, $4, $5)', [
          actor.username,
          action,
          subject,
          JSON.stringify(detail),
          actor.address,
        ]);
      },
    });
    invariant(entries > 0, 'an officer’s write left no audit entry');
    return result;
  });
}
