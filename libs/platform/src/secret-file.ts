import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ConfigError, type Config } from './config.js';

function hasCode(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === code;
}

/** Writes a new secret without ever showing half of it; keeps the one that another process wrote first. */
async function createSecretFile(folder: string, file: string, byteCount: number): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, randomBytes(byteCount).toString('base64url') + '\n', { mode: 0o600, flag: 'wx', flush: true });
  try {
    await link(draft, file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * The secret of this name out of `<data folder>/secrets/<name>.key` (base64url, mode 0600), made at the first call.
 * @throws ConfigError when the file does not hold exactly `byteCount` bytes
 */
export async function loadOrCreateSecret(dataDir: string, name: string, byteCount: number): Promise<Uint8Array> {
  const folder = join(dataDir, 'secrets');
  const file = join(folder, `${name}.key`);
  const read = (): Promise<string> => readFile(file, 'utf8');
  const text = await read().catch(async (error: unknown) => {
    if (!hasCode(error, 'ENOENT')) throw error;
    await createSecretFile(folder, file, byteCount);
    return read();
  });
  const bytes = Buffer.from(text.trim(), 'base64url');
  if (bytes.length !== byteCount)
    throw new ConfigError(`${file} does not hold ${byteCount} bytes as base64url: restore it from a backup.`);
  await chmod(file, 0o600);
  return bytes;
}

/** The keys that seal secrets in the database. */
export interface SealingKeys {
  /** The current one first. */
  readonly keys: readonly Uint8Array[];
  /** What {@link Sealer} wants to know besides. */
  readonly more: {
    readonly hashKeys?: Uint8Array | undefined;
    readonly readAgain?: (() => readonly Uint8Array[]) | undefined;
  };
}

/** The sealing keys: EPARKING_SEALING_KEY and its forerunners, else the generated file, which holds one key a line. */
export async function loadSealingKeys(config: Config): Promise<SealingKeys> {
  if (config.sealingKey) {
    const old = (config.oldSealingKeys ?? '').split(',').filter((text) => text.trim() !== '');
    const keys = [config.sealingKey, ...old.map((text) => keyOf(text, 'EPARKING_SEALING_KEYS_OLD'))];
    return { keys, more: { hashKeys: config.hashKeys } };
  }
  const file = sealingKeyFile(config);
  if (!existsSync(file)) await createSecretFile(dirname(file), file, KEY_BYTES);
  await chmod(file, 0o600);
  const hashFile = hashKeyFile(config);
  const hashKeys = config.hashKeys ?? (existsSync(hashFile) ? Buffer.concat(readKeys(hashFile)) : undefined);
  return { keys: readKeys(file), more: { hashKeys, readAgain: () => readKeys(file) } };
}

const KEY_BYTES = 32;

export const sealingKeyFile = (config: Config): string => join(config.dataDir, 'secrets', 'sealing.key');
export const hashKeyFile = (config: Config): string => join(config.dataDir, 'secrets', 'hashes.key');

function readKeys(file: string): Uint8Array[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => keyOf(line, file));
}

function keyOf(text: string, place: string): Uint8Array {
  const bytes = Buffer.from(text.trim(), 'base64url');
  if (bytes.length === KEY_BYTES) return bytes;
  throw new ConfigError(`${place} does not hold ${KEY_BYTES} bytes as base64url: restore it from a backup.`);
}

/** Puts these keys in the place of what a key file holds, whole or not at all. */
export async function writeKeyFile(file: string, keys: readonly Uint8Array[]): Promise<void> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const text = keys.map((key) => `${Buffer.from(key).toString('base64url')}\n`).join('');
  await writeFile(draft, text, { mode: 0o600, flag: 'wx', flush: true });
  await rename(draft, file);
}
