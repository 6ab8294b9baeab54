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
  const [first] = results;
  const epoch = first?.epoch ?? currentEpoch;
  // Nearly always the message names one epoch.
  if (first && results.every((each) => (each.epoch ?? currentEpoch) === epoch))
    return [
      receiptOf(
        digest,
        epoch,
        results.map(({ result }) => result),
        state,
      ),
    ];
  const byEpoch = new Map<number, ReceiptResult[]>();
  for (const { epoch, result } of results) {
    const list = byEpoch.get(epoch ?? currentEpoch) ?? [];
    list.push(result);
    byEpoch.set(epoch ?? currentEpoch, list);
  }
  return [...byEpoch].map(([each, list]) => receiptOf(digest, each, list, state));
}

function receiptOf(digest: string, epoch: number, results: ReceiptResult[], state: DeviceState): Receipt {
  return { v: 1, of: digest, epoch, results, ...state.standing(epoch) };
}
