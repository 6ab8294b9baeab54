import { ConflictError, FieldError, NotFoundError, type Role } from '@app/registry';
import type { Sql } from '../database.js';
import type { WriteTx } from '../writes.js';
import type { ListQuery } from '../lists.js';
import { operatorExists } from './operators.js';
import { INSTANT } from './sql-parts.js';

export interface UserRow {
  username: string;
  displayName: string;
  role: Role;
  operator: string | null;
  disabledAt: string | null;
  createdAt: string;
  /** Signs in with codes of an authenticator. */
  totp: boolean;
  /** Somebody else gave the password: it must be changed at the next sign-in. */
  passwordTemporary: boolean;
}

const USERS = /* sql */ `
SELECT username, display_name AS "displayName", role, operator_code AS operator, ${INSTANT('disabled_at')} AS "disabledAt",
  ${INSTANT('created_at')} AS "createdAt", totp_confirmed_at IS NOT NULL AS totp,
  password_temporary AS "passwordTemporary" FROM users`;

export function usersQuery(): ListQuery<UserRow> {
  return { text: USERS, values: [], orderBy: 'username' };
}

/** Who may be given a case: officers that may sign in. */
export function assigneesQuery(): ListQuery<Pick<UserRow, 'username' | 'displayName'>> {
  return {
    text: `SELECT username, display_name AS "displayName" FROM users
            WHERE role IN ('administrator', 'revenue-officer') AND disabled_at IS NULL`,
    values: [],
    orderBy: 'username',
  };
}

/** @throws NotFoundError */
export async function findUser(sql: Sql, username: string): Promise<UserRow> {
  const [user] = await sql.query<UserRow>(`${USERS} WHERE username = $1`, [username]);
  if (!user) throw new NotFoundError('user', username);
  return user;
}

/** What a sign-in is checked against. */
export interface SignInSecrets {
  userId: number;
  passwordHash: string;
  /** The sealed secret of the user's authenticator, when one is in force. */
  totpSealed: Buffer | null;
  /** A temporary password whose time is over. */
  passwordExpired: boolean;
}

/** The secrets of a user who may sign in; undefined when there is none or the user is disabled. */
export async function signInSecretsOf(sql: Sql, username: string): Promise<SignInSecrets | undefined> {
  const [user] = await sql.query<SignInSecrets>(
    `SELECT id AS "userId", password_hash AS "passwordHash",
       CASE WHEN totp_confirmed_at IS NOT NULL THEN totp_sealed END AS "totpSealed",
       coalesce(password_expires_at < now(), false) AS "passwordExpired"
     FROM users WHERE username = $1 AND disabled_at IS NULL`,
    [username],
  );
  return user;
}

export async function anyUserExists(sql: Sql): Promise<boolean> {
  return (await sql.query('SELECT 1 FROM users LIMIT 1')).length > 0;
}

/** A password that somebody else gave: it must be changed, and before `withinMs` when that is told. */
export interface Temporary {
  readonly withinMs?: number;
}

export interface NewUser {
  username: string;
  displayName?: string;
  role: Role;
  /** Of an operator's clerk, and only of one. */
  operator?: string;
  passwordHash: string;
  temporary?: Temporary;
}

/** @throws ConflictError when the name is taken, FieldError when role and operator do not fit */
export async function createUser(tx: WriteTx, user: NewUser): Promise<void> {
  await checkOperator(tx, user.role, user.operator);
  const created = await tx.query(
    `INSERT INTO users (username, display_name, password_hash, role, operator_code) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (username) DO NOTHING RETURNING id`,
    [user.username, user.displayName ?? '', user.passwordHash, user.role, user.operator ?? null],
  );
  if (created.length === 0)
    throw new ConflictError(`A user named ${user.username} exists.`, 'Choose another name.', 'username');
  if (user.temporary) await noteTemporary(tx, user.username, user.temporary);
  await tx.audit('user.create', user.username, { role: user.role, operator: user.operator ?? null });
}

export interface UserChange {
  displayName?: string;
  role?: Role;
  operator?: string | null;
  disabled?: boolean;
}

/** Changes a user; a change of role or a disabling ends the user's sessions. @throws NotFoundError, FieldError */
export async function changeUser(tx: WriteTx, username: string, change: UserChange): Promise<void> {
  const user = await findUser(tx, username);
  const role = change.role ?? user.role;
  const operator =
    role === 'operator-clerk' ? (change.operator ?? user.operator ?? undefined) : (change.operator ?? undefined);
  await checkOperator(tx, role, operator);
  await refuseLastAdministrator(tx, user, role, change.disabled);
  await tx.query(
    `UPDATE users SET display_name = coalesce($2, display_name), role = $3, operator_code = $4,
       disabled_at = CASE WHEN $5::boolean IS NULL THEN disabled_at WHEN $5 THEN coalesce(disabled_at, now()) END
     WHERE username = $1`,
    [username, change.displayName ?? null, role, operator ?? null, change.disabled ?? null],
  );
  if (change.disabled || role !== user.role || (operator ?? null) !== user.operator) await endSessionsOf(tx, username);
  await tx.audit('user.change', username, { ...change });
}

/** Sets a new password and ends every session of the user but `session`. @throws NotFoundError */
export async function setPassword(
  tx: WriteTx,
  username: string,
  passwordHash: string,
  { session, temporary }: { session?: string; temporary?: Temporary } = {},
): Promise<void> {
  const changed = await tx.query(
    `UPDATE users SET password_hash = $2, password_temporary = false, password_expires_at = NULL WHERE username = $1
     RETURNING id`,
    [username, passwordHash],
  );
  if (changed.length === 0) throw new NotFoundError('user', username);
  if (temporary) await noteTemporary(tx, username, temporary);
  await endSessionsOf(tx, username, session);
  await tx.audit('user.password', username, temporary ? { temporary: true } : {});
}

async function noteTemporary(tx: WriteTx, username: string, { withinMs }: Temporary): Promise<void> {
  await tx.query(
    `UPDATE users SET password_temporary = true, password_expires_at = now() + make_interval(secs => $2)
      WHERE username = $1`,
    [username, withinMs === undefined ? null : withinMs / 1000],
  );
}

/** The same password under the parameters of today. */
export async function rehashPassword(sql: Sql, userId: number, before: string, passwordHash: string): Promise<void> {
  await sql.query('UPDATE users SET password_hash = $3 WHERE id = $1 AND password_hash = $2', [
    userId,
    before,
    passwordHash,
  ]);
}

async function endSessionsOf(tx: WriteTx, username: string, keep?: string): Promise<void> {
  await tx.query(
    `DELETE FROM sessions s USING users u WHERE u.id = s.user_id AND u.username = $1 AND s.id IS DISTINCT FROM $2::uuid`,
    [username, keep ?? null],
  );
}

async function checkOperator(tx: WriteTx, role: Role, operator: string | undefined): Promise<void> {
  if ((role === 'operator-clerk') !== (operator !== undefined))
    throw new FieldError(
      'operator',
      role === 'operator-clerk' ? "An operator's clerk needs the operator." : `The role ${role} has no operator.`,
    );
  if (operator !== undefined && !(await operatorExists(tx, operator)))
    throw new FieldError('operator', `There is no operator ${JSON.stringify(operator)}.`, 'Register it first.');
}

/** Nobody could let anyone in any more. */
async function refuseLastAdministrator(tx: WriteTx, user: UserRow, role: Role, disabled?: boolean): Promise<void> {
  if (user.role !== 'administrator' || (role === 'administrator' && !disabled)) return;
  const others = await tx.query(
    `SELECT 1 FROM users WHERE role = 'administrator' AND disabled_at IS NULL AND username <> $1 FOR UPDATE`,
    [user.username],
  );
  if (others.length === 0)
    throw new ConflictError(`${user.username} is the last administrator.`, 'Make somebody else administrator first.');
}
