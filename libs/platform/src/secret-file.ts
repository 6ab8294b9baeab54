import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

/** The 32-byte key that seals device secrets: EPARKING_SEALING_KEY, else the generated file. */
export async function loadSealingKey(config: Config): Promise<Uint8Array> {
  return config.sealingKey ?? loadOrCreateSecret(config.dataDir, 'sealing', 32);
}
