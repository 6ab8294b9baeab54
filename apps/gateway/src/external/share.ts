import { createHash } from 'node:crypto';

/**
 * Which of the gateways behind a broker answers for a device: the one with the highest hash of both names, so that a
 * gateway that comes or goes moves only its own devices.
 * @param gatewayIds those that live, in any order; null when there is none
 */
export function holderOf(deviceId: string, gatewayIds: readonly string[]): string | null {
  let best: { readonly id: string; readonly weight: string } | null = null;
  for (const id of gatewayIds) {
    const weight = createHash('sha256').update(`${id} ${deviceId}`).digest('hex');
    if (!best || weight > best.weight) best = { id, weight };
  }
  return best?.id ?? null;
}
