import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '@app/kernel';
import type { ProviderSettings } from './provider-settings.js';

/** Drivers who are shown a code and change their mind, or have no money in the wallet. */
const UNPAID_SHARE = 0.04;
const THINKING_MS = [3_000, 12_000] as const;
const ANSWER_MS_MAX = 5_000;

/** The phones of simulated drivers: they scan a code and pay it at the simulated provider. */
export class Wallet {
  constructor(
    private readonly url: string,
    private readonly settings: Pick<ProviderSettings, 'driverToken'>,
    private readonly random: Random,
    private readonly signal: AbortSignal,
  ) {}

  /** Pays after a while, or not. What fails is a driver without network: he pays otherwise. */
  async pay(qr: string): Promise<void> {
    if (this.random.chance(UNPAID_SHARE)) return;
    await sleep(this.random.integer(...THINKING_MS), undefined, { signal: this.signal }).catch(() => undefined);
    if (this.signal.aborted) return;
    await fetch(`${this.url}/simulated/pay`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.settings.driverToken}` },
      body: JSON.stringify({ qr }),
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    }).catch(() => undefined);
  }
}
