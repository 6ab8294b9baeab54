import type { QrisPort } from './qris-port.js';

/** Answers every request that there is no order to be had: no acquirer is connected. */
export function qrisUnavailable(now: () => number): QrisPort {
  return {
    request: (_deviceNo, { requestId }) =>
      Promise.resolve({ v: 1, requestId, state: 'unavailable', at: new Date(now()).toISOString() }),
  };
}
