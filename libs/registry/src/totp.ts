import { createHmac, randomBytes } from 'node:crypto';

/** Codes of an authenticator: RFC 6238 with SHA-1, 6 digits, 30 seconds, which is what every authenticator speaks. */
const STEP_MS = 30_000;
const DIGITS = 6;
/** Steps before and after now whose code is still taken: clocks differ, people type slowly (RFC 6238, 5.2). */
const DRIFT_STEPS = 1;
const SECRET_BYTES = 20;

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 base32 without padding. */
export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32[parseInt(five.padEnd(5, '0'), 2)]).join('');
}

export function newTotpSecret(): Buffer {
  return randomBytes(SECRET_BYTES);
}

/** The code of one time step (RFC 4226, 5.3). */
export function totpCode(secret: Uint8Array, step: number, digits = DIGITS): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const binary = mac.readUInt32BE(mac.at(-1)! & 0xf) & 0x7fffffff;
  return String(binary % 10 ** digits).padStart(digits, '0');
}

export function totpStep(nowMs: number): number {
  return Math.floor(nowMs / STEP_MS);
}

/** The step whose code this is, the newest first; undefined when it is none of those near now. */
export function matchingTotpStep(secret: Uint8Array, code: string, nowMs: number): number | undefined {
  const now = totpStep(nowMs);
  for (let step = now + DRIFT_STEPS; step >= now - DRIFT_STEPS; step--)
    if (step >= 0 && totpCode(secret, step) === code) return step;
  return undefined;
}

/** What an authenticator scans (Key Uri Format). */
export function totpUri(secret: Uint8Array, username: string): string {
  return `otpauth://totp/${encodeURIComponent(`eparking:${username}`)}?secret=${base32(secret)}&issuer=eparking`;
}

/** The context under which a user's secret is sealed. */
export function totpContext(userId: number): string {
  return `user-totp/${userId}`;
}

/** A code for the day on which the authenticator is lost: 120 random bits as `ABCD-EFGH-…`, good once. */
export function newRecoveryCode(): string {
  return base32(randomBytes(15)).match(/.{4}/g)!.join('-');
}

/** As it is hashed, however it was typed. */
export function plainRecoveryCode(typed: string): string {
  return typed.toUpperCase().replace(/[^A-Z2-7]/g, '');
}
