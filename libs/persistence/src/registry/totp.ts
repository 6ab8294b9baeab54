import { ConflictError, NotFoundError, plainRecoveryCode, secretHash } from '@app/registry';
import type { WriteTx } from '../writes.js';

/** Puts a new secret in place of one that was not confirmed. @throws ConflictError when one is in force */
export async function offerTotp(tx: WriteTx, userId: number, sealed: Buffer): Promise<void> {
  const offered = await tx.query(
    'UPDATE users SET totp_sealed = $2, totp_last_step = NULL WHERE id = $1 AND totp_confirmed_at IS NULL RETURNING id',
    [userId, sealed],
  );
  if (offered.length === 0)
    throw new ConflictError('An authenticator is in use.', 'Remove it first (POST /auth/totp/remove).');
  await tx.audit('totp.offer', tx.actor.username);
}

/** The sealed secret that waits for its first code. @throws ConflictError */
export async function offeredTotp(tx: Pick<WriteTx, 'query'>, userId: number): Promise<Buffer> {
  const [user] = await tx.query<{ sealed: Buffer | null }>(
    'SELECT totp_sealed AS sealed FROM users WHERE id = $1 AND totp_confirmed_at IS NULL',
    [userId],
  );
  if (user?.sealed) return user.sealed;
  throw new ConflictError('No authenticator waits for its first code.', 'Begin with POST /auth/totp/enrol.');
}

/** Puts the offered secret into force, with these recovery codes, and ends the other sessions. */
export async function confirmTotp(
  tx: WriteTx,
  user: { userId: number; sessionId: string },
  step: number,
  recoveryCodes: readonly string[],
): Promise<void> {
  await tx.query('UPDATE users SET totp_confirmed_at = now(), totp_last_step = $2 WHERE id = $1', [user.userId, step]);
  await replaceRecoveryCodes(tx, user.userId, recoveryCodes);
  await tx.query('DELETE FROM sessions WHERE user_id = $1 AND id <> $2', [user.userId, user.sessionId]);
  await tx.audit('totp.confirm', tx.actor.username);
}

async function replaceRecoveryCodes(tx: WriteTx, userId: number, codes: readonly string[]): Promise<void> {
  await tx.query('DELETE FROM recovery_codes WHERE user_id = $1', [userId]);
  await tx.query('INSERT INTO recovery_codes (user_id, code_hash) SELECT $1, unnest($2::bytea[])', [
    userId,
    codes.map((code) => secretHash(plainRecoveryCode(code))),
  ]);
}

/** Takes the code of a step, once. False when one of it or of a later step was taken before. */
export async function useTotpStep(tx: WriteTx, userId: number, step: number): Promise<boolean> {
  const used = await tx.query(
    `UPDATE users SET totp_last_step = $2 WHERE id = $1 AND (totp_last_step IS NULL OR totp_last_step < $2) RETURNING id`,
    [userId, step],
  );
  return used.length > 0;
}

/** Takes a recovery code, once. */
export async function useRecoveryCode(tx: WriteTx, userId: number, typed: string): Promise<boolean> {
  const used = await tx.query(
    `UPDATE recovery_codes SET used_at = now() WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL
     RETURNING user_id`,
    [userId, secretHash(plainRecoveryCode(typed))],
  );
  if (used.length > 0) await tx.audit('totp.recovery-code', tx.actor.username);
  return used.length > 0;
}

/** Removes a user's authenticator and recovery codes and ends the sessions. @throws NotFoundError */
export async function removeTotp(tx: WriteTx, username: string, keepSession?: string): Promise<void> {
  const [user] = await tx.query<{ id: number }>(
    `UPDATE users SET totp_sealed = NULL, totp_confirmed_at = NULL, totp_last_step = NULL WHERE username = $1
     RETURNING id`,
    [username],
  );
  if (!user) throw new NotFoundError('user', username);
  await tx.query('DELETE FROM recovery_codes WHERE user_id = $1', [user.id]);
  await tx.query('DELETE FROM sessions WHERE user_id = $1 AND id IS DISTINCT FROM $2::uuid', [
    user.id,
    keepSession ?? null,
  ]);
  await tx.audit('totp.remove', username);
}

export async function recoveryCodesLeft(sql: Pick<WriteTx, 'query'>, userId: number): Promise<number> {
  const [row] = await sql.query<{ left: number }>(
    'SELECT count(*) AS left FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL',
    [userId],
  );
  return row!.left;
}
