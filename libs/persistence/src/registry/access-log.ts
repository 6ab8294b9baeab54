import type { Actor } from '@app/registry';
import type { Sql } from '../database.js';
import { Conditions, type ListQuery } from '../lists.js';
import { INSTANT } from './sql-parts.js';

export interface AccessRow {
  id: number;
  at: string;
  actor: string;
  /** Which kind of personal data. */
  what: string;
  subject: string;
  address: string;
}

export interface AccessFilter {
  actor?: string;
  what?: string;
  subject?: string;
  /** Instants: from inclusive, to exclusive. */
  from?: string;
  to?: string;
}

/** Notes that somebody was shown personal data. */
export async function noteAccess(sql: Sql, actor: Actor, what: string, subject: string): Promise<void> {
  await sql.query('INSERT INTO access_log (actor, what, subject, address) VALUES ($1, $2, $3, $4)', [
    actor.username,
    what,
    subject,
    actor.address,
  ]);
}

/** Who looked at what, newest first. */
export function accessQuery(filter: AccessFilter): ListQuery<AccessRow> {
  const conditions = new Conditions()
    .add('actor = {}', filter.actor)
    .add('what = {}', filter.what)
    .add('subject = {}', filter.subject)
    .add('access_log.at >= {}::timestamptz', filter.from)
    .add('access_log.at < {}::timestamptz', filter.to);
  return {
    text: `SELECT id, ${INSTANT('access_log.at')} AS at, actor, what, subject, address FROM access_log ${conditions.where}`,
    values: conditions.values,
    orderBy: 'id DESC',
  };
}
