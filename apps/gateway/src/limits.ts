import { BROKER_LIMITS } from './broker/limits.js';

/** Bounds of what stands behind the broker; the broker's own are in broker/limits.ts, all are told in docs/GATEWAY.md. */
export const GATEWAY_LIMITS = {
  /** From a journal message to its commit; past it the connection is closed without PUBACK. Below 1.5 x a usual keep-alive. */
  commitMsMax: 8_000,
  /** Journal messages handed to ingest and not settled, those of closed connections too; past it a message is not taken. */
  ingestMessagesMax: 2 * BROKER_LIMITS.inFlightMessagesMax,
  ingestBytesMax: 2 * BROKER_LIMITS.inFlightBytesMax,
  /** From CONNECT to CONNACK, for looking up and the configuration. */
  signInMsMax: 8_000,
  /** Devices of one look-up at sign-in. */
  signInBatchMax: 500,
  /** An answer of a terminal (reply, request) to its writing. */
  answerMsMax: 5_000,
  heardEveryMs: 1_000,
  heartbeatEveryMs: 5_000,
  commandsEveryMs: 1_000,
  /** Every so often all commands and configurations are looked at, in case word of a change was lost. */
  lookEveryMs: 60_000,
  /** At the end: for the commits in flight. */
  drainMsMax: 10_000,
} as const;
