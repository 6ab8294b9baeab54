import type { Role } from '@app/registry';
import type { Sql } from '../database.js';
import type { WriteTx } from '../writes.js';
import type { ListQuery } from '../lists.js';
import { INSTANT } from './sql-parts.js';

/** How long a session lives: without use, and in all. */
export interface SessionLimits {
  readonly idleMsMax: number;
  readonly ageMsMax: number;
}

/** Who is behind a session token. */
export interface SessionUser {
  userId: number;
  username: string;
  displayName: string;
  role: Role;
  operatorCode: string | null;
}

/** Opens a session; only the hash of its token is kept. */
export async function openSession(
  tx: WriteTx,
  session: { userId: number; tokenHash: Buffer; address: string; userAgent: string },
  limits: SessionLimits,
): Promise<void> {
  await tx.query('DELETE FROM sessions WHERE user_id = $1 AND expires_at < now()', [session.userId]);
  await tx.query(
    `INSERT INTO sessions (token_hash, user_id, address, user_agent, expires_at)
     VALUES ($1, $2, $3, $4, now() + make_interval(secs => $5))`,
    [session.tokenHash, session.userId, session.address, session.userAgent, limits.ageMsMax / 1000],
  );
  await tx.audit('session.open', tx.actor.username);
}

/** The user of a session that lives; undefined for any other token. Notes the use, at most once a minute. */
export async function sessionUser(
  sql: Sql,
  tokenHash: Buffer,
  limits: SessionLimits,
): Promise<SessionUser | undefined> {
  const [session] = await sql.query<SessionUser & { stale: boolean }>(
    `SELECT u.id AS "userId", u.username, u.display_name AS "displayName", u.role, u.operator_code AS "operatorCode",
       s.last_seen_at < now() - interval '1 minute' AS stale
     FROM sessions s JOIN users u ON u.id = s.user_id
     WHERE s.token_hash = $1 AND s.expires_at > now() AND u.disabled_at IS NULL
       AND s.last_seen_at > now() - make_interval(secs => $2)`,
    [tokenHash, limits.idleMsMax / 1000],
  );
  if (session?.stale) await sql.query('UPDATE sessions SET last_seen_at = now() WHERE token_hash = $1', [tokenHash]);
  return session;
}

export async function closeSession(tx: WriteTx, tokenHash: Buffer): Promise<void> {
  await tx.query('DELETE FROM sessions WHERE token_hash = $1', [tokenHash]);
  await tx.audit('session.close', tx.actor.username);
}

export interface SessionRow {
  /** Names the session without revealing its token. */
  id: string;
  username: string;
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
  address: string;
  userAgent: string;
}

/** The sessions of a user, or of all. */
export function sessionsQuery(username?: string): ListQuery<SessionRow> {
  return {
    text: `SELECT left(encode(s.token_hash, 'hex'), 16) AS id, u.username, ${INSTANT('s.created_at')} AS "createdAt",
      ${INSTANT('s.last_seen_at')} AS "lastSeenAt", ${INSTANT('s.expires_at')} AS "expiresAt", s.address, s.user_agent AS "userAgent"
      FROM sessions s JOIN users u ON u.id = s.user_id
      WHERE s.expires_at > now() AND ($1::text IS NULL OR u.username = $1)`,
    values: [username ?? null],
    orderBy: '"createdAt" DESC, id',
  };
}

/** Ends a session by its id; `ofUser` narrows it to the user's own. True when there was one. */
export async function revokeSession(tx: WriteTx, id: string, ofUser?: string): Promise<boolean> {
  const ended = await tx.query<{ username: string }>(
    `DELETE FROM sessions s USING users u WHERE u.id = s.user_id AND left(encode(s.token_hash, 'hex'), 16) = $1
       AND ($2::text IS NULL OR u.username = $2) RETURNING u.username`,
    [id, ofUser ?? null],
  );
  await tx.audit('session.revoke', ended[0]?.username ?? tx.actor.username, { id, found: ended.length > 0 });
  return ended.length > 0;
}
