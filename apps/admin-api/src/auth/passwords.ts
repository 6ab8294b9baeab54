import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hash, verify } from '@node-rs/argon2';
import { FieldError } from '@app/registry';

export const PASSWORD_LENGTH_MIN = 12;
export const PASSWORD_LENGTH_MAX = 200;

/** A password that was given signs in for so long. */
export const TEMPORARY_PASSWORD_MS_MAX = 3 * 86_400_000;

/** Letters and digits that cannot be taken for one another, on paper or over the telephone. */
const PLAIN = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const GROUP_LENGTH = 5;

/** A random password to be given to a person, 99 bits: four groups of five letters and digits. */
export function temporaryPassword(): string {
  const group = (): string => Array.from({ length: GROUP_LENGTH }, () => PLAIN[randomInt(PLAIN.length)]).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}

const COMMON = new Set(
  readFileSync(join(import.meta.dirname, 'common-passwords.txt'), 'utf8')
    .split('\n')
    .filter((line) => !line.startsWith('#')),
);

/** argon2id with 19 MiB, 2 passes, 1 lane (OWASP Password Storage Cheat Sheet, 2024). */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const PARAMETERS = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$`;

/**
 * The hash of a password that somebody chose.
 * @param field of the request, for a refusal
 * @throws FieldError for one of those that are guessed first
 */
export async function hashChosenPassword(password: string, field: string): Promise<string> {
  if (COMMON.has(password.toLowerCase()))
    throw new FieldError(
      field,
      'This password is among the commonest, which are guessed first.',
      'A few words that have nothing to do with each other are easy to keep in mind.',
    );
  return hashPassword(password);
}

export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

/** True for a hash of other parameters than today's: the next right password is hashed anew. */
export function isDated(passwordHash: string): boolean {
  return !passwordHash.startsWith(PARAMETERS);
}

/** Hash of a password that nobody has: checking against it takes as long as checking a real one. */
let nobody: Promise<string> | undefined;

/** True when the password is right. For an unknown user (no hash) it takes the same time and says no. */
export async function passwordMatches(passwordHash: string | undefined, password: string): Promise<boolean> {
  nobody ??= hashPassword('the password of nobody');
  const right = await verify(passwordHash ?? (await nobody), password);
  return right && passwordHash !== undefined;
}
