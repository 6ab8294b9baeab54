import type { Receipt } from '@app/protocol';
import { RawClient, type RawClientOptions } from './raw-client.js';

export interface Played {
  /** In the order in which they came. */
  readonly receipts: readonly Receipt[];
  /** Milliseconds from handing a message over to its PUBACK, by message. */
  readonly ackMs: readonly number[];
}

const RECEIPTS_MS_MAX = 60_000;

/**
 * Publishes a device's journal messages in their order over one connection and gathers the receipts.
 * Rejects when the connection is lost or a receipt stays away for a minute.
 * @param receiptsWanted how many to wait for after the last PUBACK
 */
export async function playMessages(
  options: Omit<RawClientOptions, 'onMessage'>,
  payloads: readonly Buffer[],
  receiptsWanted: number,
): Promise<Played> {
  const receipts: Receipt[] = [];
  let told: () => void = () => undefined;
  const client = await RawClient.connect({
    ...options,
    onMessage: (channel, payload) => {
      if (channel === 'receipts') receipts.push(JSON.parse(payload.toString('utf8')) as Receipt);
      told();
    },
  });
  const ackMs = await Promise.all(
    payloads.map(async (payload) => {
      const begin = performance.now();
      await client.publish('journal', payload);
      return performance.now() - begin;
    }),
  );
  await new Promise<void>((resolve, reject) => {
    const late = `${options.deviceId}: receipts stay away`;
    const timer = setTimeout(
      () => reject(new Error(`${late}: ${receipts.length} of ${receiptsWanted}`)),
      RECEIPTS_MS_MAX,
    );
    told = () => {
      if (receipts.length < receiptsWanted) return;
      clearTimeout(timer);
      resolve();
    };
    told();
  });
  await client.close();
  return { receipts, ackMs };
}
