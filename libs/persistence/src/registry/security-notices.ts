import type { WriteTx } from '../writes.js';
import type { ListQuery } from '../lists.js';
import { INSTANT } from './sql-parts.js';

/** What of the audit log somebody is told of: all that touches the own credentials. */
export const NOTICES = [
  'user.password',
  'user.change',
  'totp.confirm',
  'totp.remove',
  'totp.recovery-code',
  'session.open',
  'session.reuse',
] as const;

export interface NoticeRow {
  id: number;
  at: string;
  what: (typeof NOTICES)[number];
  /** Who did it. */
  by: string;
  address: string;
  seen: boolean;
}

/** What happened to a user's credentials, newest first. Of sign-ins only those from a new address, of changes not the name. */
export function noticesQuery(userId: number, unseenOnly: boolean): ListQuery<NoticeRow> {
  return {
    text: `SELECT a.id, ${INSTANT('a.at')} AS at, a.action AS what, a.actor AS by, a.address, a.id <= u.notices_seen AS seen
             FROM users u JOIN audit_log a ON a.subject = u.username
            WHERE u.id = $1 AND a.action = ANY($2) AND (a.id > u.notices_seen OR NOT $3)
              AND (a.action <> 'session.open' OR a.detail ? 'newAddress')
              AND (a.action <> 'user.change' OR a.detail ?| ARRAY['role', 'operator', 'disabled'])`,
    values: [userId, NOTICES, unseenOnly],
    orderBy: 'id DESC',
  };
}

/** The user has seen what was told up to this one; what is still to come cannot have been seen. */
export async function noteNoticesSeen(tx: WriteTx, userId: number, upTo: number): Promise<void> {
  await tx.query(
    `UPDATE users SET notices_seen = greatest(notices_seen, least($2, (SELECT max(id) FROM audit_log))) WHERE id = $1`,
    [userId, upTo],
  );
  await tx.audit('notices.seen', tx.actor.username, { upTo });
}
