import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from './config.js';
import { loadOrCreateSecret, loadSealingKey } from './secret-file.js';

describe('secret files', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'eparking-secret-'));
  });
  afterEach(() => rm(dataDir, { recursive: true }));

  it('makes a secret once, readable by its owner only, and gives the same one ever after', async () => {
    const first = await loadSealingKey(loadConfig({ EPARKING_DATA_DIR: dataDir }));
    expect(first).toHaveLength(32);
    expect(await loadSealingKey(loadConfig({ EPARKING_DATA_DIR: dataDir }))).toEqual(first);
    expect((await stat(join(dataDir, 'secrets', 'sealing.key'))).mode & 0o777).toBe(0o600);
  });

  it('gives processes that start at once the same secret, and leaves no draft behind', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => loadOrCreateSecret(dataDir, 'sealing', 32)));
    expect(new Set(all.map((bytes) => Buffer.from(bytes).toString('hex'))).size).toBe(1);
    expect(await readdir(join(dataDir, 'secrets'))).toEqual(['sealing.key']);
  });

  it('prefers the key from the environment', async () => {
    const given = Buffer.alloc(32, 9);
    const env = { EPARKING_DATA_DIR: dataDir, EPARKING_SEALING_KEY: given.toString('base64url') };
    expect(Buffer.from(await loadSealingKey(loadConfig(env)))).toEqual(given);
    expect(await readdir(dataDir)).toEqual([]);
  });

  it('refuses a damaged file instead of making a new key that opens nothing', async () => {
    await loadOrCreateSecret(dataDir, 'sealing', 32);
    await writeFile(join(dataDir, 'secrets', 'sealing.key'), 'dGVzdA\n');
    await expect(loadOrCreateSecret(dataDir, 'sealing', 32)).rejects.toThrow(/sealing\.key does not hold 32 bytes/);
  });
});
