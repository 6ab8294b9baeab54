import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from './config.js';
import { loadOrCreateSecret, loadSealingKeys, sealingKeyFile, writeKeyFile } from './secret-file.js';

describe('secret files', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'eparking-secret-'));
  });
  afterEach(() => rm(dataDir, { recursive: true }));

  it('makes a secret once, readable by its owner only, and gives the same one ever after', async () => {
    const first = (await loadSealingKeys(loadConfig({ EPARKING_DATA_DIR: dataDir }))).keys;
    expect(first.map((key) => key.length)).toEqual([32]);
    expect((await loadSealingKeys(loadConfig({ EPARKING_DATA_DIR: dataDir }))).keys).toEqual(first);
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
    const older = { ...env, EPARKING_SEALING_KEYS_OLD: Buffer.alloc(32, 8).toString('base64url') };
    expect((await loadSealingKeys(loadConfig(env))).keys.map(Buffer.from)).toEqual([given]);
    expect((await loadSealingKeys(loadConfig(older))).keys).toHaveLength(2);
    expect(await readdir(dataDir)).toEqual([]);
  });

  it('reads a key file that a rotation changed without a restart', async () => {
    const config = loadConfig({ EPARKING_DATA_DIR: dataDir });
    const { keys, more } = await loadSealingKeys(config);
    await writeKeyFile(sealingKeyFile(config), [Buffer.alloc(32, 7), keys[0]!]);
    expect(more.readAgain!()).toEqual([Buffer.alloc(32, 7), keys[0]]);
  });

  it('refuses a damaged file instead of making a new key that opens nothing', async () => {
    await loadOrCreateSecret(dataDir, 'sealing', 32);
    await writeFile(join(dataDir, 'secrets', 'sealing.key'), 'dGVzdA\n');
    await expect(loadOrCreateSecret(dataDir, 'sealing', 32)).rejects.toThrow(/sealing\.key does not hold 32 bytes/);
  });
});
