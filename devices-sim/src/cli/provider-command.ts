import { readFile } from 'node:fs/promises';
import { seededRandom } from '@app/kernel';
import type { Log } from '../log.js';
import { readProviderFile } from '../provider/provider-settings.js';
import { ProviderServer } from '../provider/provider-server.js';
import { readSettings, type Arguments, type Environment } from '../settings.js';

/** `provider`: a simulated QRIS provider, as the demo's setup registered it. Runs until the signal. */
export async function providerCommand(args: Arguments, env: Environment, log: Log, signal: AbortSignal): Promise<void> {
  const { providerFile, folder, seed } = readSettings(env, args);
  const settings = readProviderFile(await readFile(providerFile, 'utf8'));
  const random = seededRandom(`${seed}/provider`);
  const server = new ProviderServer({ settings, folder, random, now: () => Date.now(), log });
  await server.start();
  await new Promise<void>((resolve) => {
    // The server alone keeps the process alive; the signal ends it.
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });
  await server.stop();
}
