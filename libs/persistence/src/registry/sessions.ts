import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { newSecret, secretHash, type Role } from '@app/registry';
import type { Sql } from '../database.js';
import type { WriteTx } from '../writes.js';
import type { ListQuery } from '../lists.js';
import { INSTANT } from './sql-parts.js';

/** How long a session lives, without use and in all; and how long one access token of it. */
export interface SessionLimits {
  readonly idleMsMax: number;
  readonly ageMsMax: number;
  readonly accessMsMax: number;
}

/** Who is behind an access token. */
export interface SessionUser {
  userId: number;
  sessionId: string;
  username: string;
  displayName: string;
  role: Role;
  operatorCode: string | null;
  /** The user signs in with codes of an authenticator. */
  totp: boolean;
  /** Somebody else gave the password: nothing is open until it is changed. */
  passwordTemporary: boolean;
}

/** What a sign-in or a refresh gives. Neither token is kept, only what tells it again. */
export interface SessionTokens {
  readonly accessToken: string;
  /** Family (16 bytes), then the secret of this turn (32), base64url. */
  readonly refreshToken: string;
}

const FAMILY_BYTES = 16;
const REFRESH_BYTES = FAMILY_BYTES + 32;
/** A used-up refresh token that comes again within this time is a lost answer or a second tab, not a thief. */
const LOST_ANSWER_MS_MAX = 30_000;

/** Opens a session. */
export async function openSession(
  tx: WriteTx,
  session: { userId: number; address: string; userAgent: string },
  limits: SessionLimits,
): Promise<SessionTokens> {
  await tx.query('DELETE FROM sessions WHERE user_id = $1 AND expires_at < now()', [session.userId]);
  const refresh = randomBytes(REFRESH_BYTES);
  const [row] = await tx.query<{ id: string }>(
    `INSERT INTO sessions (family_hash, refresh_hash, user_id, address, user_agent, expires_at)
     VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => $6)) RETURNING id`,
    [
      familyOf(refresh),
      tokenHashOf(refresh),
      session.userId,
      session.address,
      session.userAgent,
      limits.ageMsMax / 1000,
    ],
  );
  await auditOpening(tx);
  return { accessToken: await giveAccess(tx, row!.id, limits), refreshToken: refresh.toString('base64url') };
}

/** A sign-in from an address where the user never signed in before is marked: the user is told of it. */
async function auditOpening(tx: WriteTx): Promise<void> {
  const { username, address } = tx.actor;
  const [before] = await tx.query<{ known: boolean | null }>(
    `SELECT bool_or(address = $2) AS known FROM audit_log WHERE actor = $1 AND action = 'session.open'`,
    [username, address],
  );
  await tx.audit('session.open', username, before!.known === false ? { newAddress: true } : {});
}

/** What became of a refresh token. One that was used up before was stolen, from or by whoever sends it now. */
export type Refreshed =
  | ({ outcome: 'refreshed'; username: string } & SessionTokens)
  | { outcome: 'reused'; username: string; sessionId: string };

/** A new access token, and the refresh token of the next turn; undefined when there is nothing to refresh. */
export async function refreshSession(
  sql: Sql,
  refreshToken: string,
  limits: SessionLimits,
): Promise<Refreshed | undefined> {
  const given = Buffer.from(refreshToken, 'base64url');
  if (given.length !== REFRESH_BYTES) return undefined;
  const [session] = await sql.query<RefreshRow>(
    `SELECT s.id, u.username, s.refresh_hash AS current, s.previous_hash AS previous, s.rotation_salt AS salt,
       coalesce(extract(epoch FROM now() - s.rotated_at) * 1000, 0)::float8 AS "sinceMs"
     FROM sessions s JOIN users u ON u.id = s.user_id
     WHERE s.family_hash = $1 AND s.expires_at > now() AND u.disabled_at IS NULL
       AND s.last_seen_at > now() - make_interval(secs => $2) FOR UPDATE OF s`,
    [familyOf(given), limits.idleMsMax / 1000],
  );
  if (!session) return undefined;
  const hash = tokenHashOf(given);
  const isCurrent = timingSafeEqual(hash, session.current);
  const isAgain =
    session.previous !== null && timingSafeEqual(hash, session.previous) && session.sinceMs <= LOST_ANSWER_MS_MAX;
  const { id: sessionId, username } = session;
  if (!isCurrent && !isAgain) return { outcome: 'reused', username, sessionId };
  const salt = isCurrent ? randomBytes(16) : session.salt!;
  const next = nextToken(given, salt);
  if (isCurrent)
    await sql.query(
      `UPDATE sessions SET previous_hash = refresh_hash, refresh_hash = $2, rotation_salt = $3, rotated_at = now(),
         last_seen_at = now() WHERE id = $1`,
      [sessionId, tokenHashOf(next), salt],
    );
  const accessToken = await giveAccess(sql, sessionId, limits);
  return { outcome: 'refreshed', username, accessToken, refreshToken: next.toString('base64url') };
}

interface RefreshRow {
  id: string;
  username: string;
  current: Buffer;
  previous: Buffer | null;
  salt: Buffer | null;
  sinceMs: number;
}

const familyOf = (token: Buffer): Buffer => secretHash(token.subarray(0, FAMILY_BYTES).toString('base64url'));
const tokenHashOf = (token: Buffer): Buffer => secretHash(token.toString('base64url'));

/** Whoever holds a token can have its successor given again; the database, which holds the salt alone, cannot. */
function nextToken(token: Buffer, salt: Buffer): Buffer {
  const secret = createHmac('sha256', token.subarray(FAMILY_BYTES)).update(salt).digest();
  return Buffer.concat([token.subarray(0, FAMILY_BYTES), secret]);
}

async function giveAccess(sql: Sql, sessionId: string, limits: SessionLimits): Promise<string> {
  const accessToken = newSecret();
  await sql.query('DELETE FROM access_tokens WHERE session_id = $1 AND expires_at < now()', [sessionId]);
  await sql.query(
    'INSERT INTO access_tokens (token_hash, session_id, expires_at) VALUES ($1, $2, now() + make_interval(secs => $3))',
    [secretHash(accessToken), sessionId, limits.accessMsMax / 1000],
  );
  return accessToken;
}

/** The user of an access token that lives; undefined for any other. Notes the use, at most once a minute. */
export async function sessionUser(
  sql: Sql,
  accessTokenHash: Buffer,
  limits: SessionLimits,
): Promise<SessionUser | undefined> {
  const [session] = await sql.query<SessionUser & { stale: boolean }>(
    `SELECT u.id AS "userId", s.id AS "sessionId", u.username, u.display_name AS "displayName", u.role,
       u.operator_code AS "operatorCode", u.totp_confirmed_at IS NOT NULL AS totp,
       u.password_temporary AS "passwordTemporary", s.last_seen_at < now() - interval '1 minute' AS stale
     FROM access_tokens a JOIN sessions s ON s.id = a.session_id JOIN users u ON u.id = s.user_id
     WHERE a.token_hash = $1 AND a.expires_at > now() AND s.expires_at > now() AND u.disabled_at IS NULL
       AND s.last_seen_at > now() - make_interval(secs => $2)`,
    [accessTokenHash, limits.idleMsMax / 1000],
  );
  if (!session) return undefined;
  const { stale, ...user } = session;
  if (stale) await sql.query('UPDATE sessions SET last_seen_at = now() WHERE id = $1', [user.sessionId]);
  return user;
}

/** Ends a session whose used-up refresh token came again. */
export async function endReusedSession(tx: WriteTx, sessionId: string, username: string): Promise<void> {
  await tx.query('DELETE FROM sessions WHERE id = $1', [sessionId]);
  await tx.audit('session.reuse', username, { session: sessionId });
}

export async function closeSession(tx: WriteTx, sessionId: string): Promise<void> {
  await tx.query('DELETE FROM sessions WHERE id = $1', [sessionId]);
  await tx.audit('session.close', tx.actor.username);
}

export interface SessionRow {
  /** Names the session; not a token. */
  id: string;
  username: string;
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
  address: string;
  userAgent: string;
  /** The one that asks. */
  current: boolean;
}

/** The sessions of a user, or of all; `current` is the one that asks. */
export function sessionsQuery(current: string, username?: string): ListQuery<SessionRow> {
  return {
    text: `SELECT s.id, u.username, ${INSTANT('s.created_at')} AS "createdAt",
      ${INSTANT('s.last_seen_at')} AS "lastSeenAt", ${INSTANT('s.expires_at')} AS "expiresAt", s.address,
      s.user_agent AS "userAgent", s.id = $2::uuid AS current
      FROM sessions s JOIN users u ON u.id = s.user_id
      WHERE s.expires_at > now() AND ($1::text IS NULL OR u.username = $1)`,
    values: [username ?? null, current],
    orderBy: '"createdAt" DESC, id',
  };
}

/** Ends a session by its id; `ofUser` narrows it to the user's own. True when there was one. */
export async function revokeSession(tx: WriteTx, id: string, ofUser?: string): Promise<boolean> {
  const ended = await tx.query<{ username: string }>(
    `DELETE FROM sessions s USING users u WHERE u.id = s.user_id AND s.id::text = $1
       AND ($2::text IS NULL OR u.username = $2) RETURNING u.username`,
    [id, ofUser ?? null],
  );
  await tx.audit('session.revoke', ended[0]?.username ?? tx.actor.username, { id, found: ended.length > 0 });
  return ended.length > 0;
}
