import type { Receipt, ReceiptResult } from '@app/protocol';
import type { DeviceState } from './device-state.js';

/** What became of one record, and the epoch it named as far as it could be read. */
export interface ItemResult {
  readonly epoch: number | null;
  readonly result: ReceiptResult;
}

/**
 * The receipts of one message: one per epoch, in the order in which the message names the epochs, results in the order
 * of the records. An epoch that cannot be read counts to the current one.
 */
export function receiptsOf(
  digest: string,
  currentEpoch: number,
  results: readonly ItemResult[],
  state: DeviceState,
): Receipt[] {
  const byEpoch = new Map<number, ReceiptResult[]>();
  for (const { epoch, result } of results) {
    const list = byEpoch.get(epoch ?? currentEpoch) ?? [];
    list.push(result);
    byEpoch.set(epoch ?? currentEpoch, list);
  }
  return [...byEpoch].map(([epoch, list]) => ({ v: 1, of: digest, epoch, results: list, ...state.standing(epoch) }));
}
