import { generateKeyPairSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { changeAcquirer, createAcquirer, findAcquirer, write, type Database } from '@app/persistence';
import { loadSealingKeys, type Config } from '@app/platform';
import { newSecret, NotFoundError, sealerOf, type Actor } from '@app/registry';
import { writeSecretFile } from './secret-file.js';

/** The provider that the demo simulates (devices-sim/src/provider). Its merchant id is nobody's. */
const CODE = 'sim-qris';
const PARTNER = 'SIMQRIS';
const MERCHANT = 'SIM-MERCHANT';
const NMID = 'ID1000000000000';
const TERMS = { feeBp: 70, cutOffs: ['06:00', '12:00', '18:00', '23:00'], settlementDays: 1 };

/**
 * Registers the simulated QRIS provider with secrets generated here, and writes `<data folder>/demo-provider.json` for
 * it. At every start it gets the ports of this start; a lost file means new secrets.
 */
export async function ensureDemoProvider(database: Database, config: Config, actor: Actor): Promise<void> {
  const sealer = sealerOf(await loadSealingKeys(config));
  const file = join(config.dataDir, 'demo-provider.json');
  const baseUrl = `http://127.0.0.1:${config.simProviderPort}`;
  const ports = {
    port: config.simProviderPort,
    notifyUrl: `http://127.0.0.1:${config.httpPort}/v1.0/qr/qr-mpm-notify`,
  };
  const [known, before] = [await isRegistered(database), await readJson(file)];
  if (known && before) {
    await writeSecretFile(config.dataDir, file, { ...before, ...ports });
    if (known.baseUrl !== baseUrl) await write(database, actor, (tx) => changeAcquirer(tx, sealer, CODE, { baseUrl }));
    return;
  }
  const secret = newSecret();
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const who = { partnerId: PARTNER, merchantId: MERCHANT, signature: 'symmetric' as const, ...TERMS };
  await write(database, actor, async (tx) => {
    const given = { ...who, kind: 'snap' as const, baseUrl, secret, privateKey };
    if (known) await changeAcquirer(tx, sealer, CODE, given);
    else {
      const payees = [{ id: NMID, name: 'Simulated merchant' }];
      await createAcquirer(tx, sealer, CODE, { ...given, name: 'Simulated QRIS provider', payees });
    }
    // Within the transaction: a provider that nobody can play would be worse than none.
    const own = { code: CODE, nmid: NMID, secret, clientKey: publicKey, driverToken: newSecret() };
    await writeSecretFile(config.dataDir, file, { simulated: true, ...who, ...own, ...ports });
  });
}

async function isRegistered(database: Database): Promise<{ baseUrl: string } | undefined> {
  return findAcquirer(database, CODE).catch((error: unknown) => {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  });
}

async function readJson(file: string): Promise<object | undefined> {
  return readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as object,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    },
  );
}
