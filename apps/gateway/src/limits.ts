import { BROKER_LIMITS, type BrokerLimits } from './broker/limits.js';

/** The bounds of the gateway; docs/GATEWAY.md tells the same in words. */
export interface GatewayLimits {
  readonly broker: BrokerLimits;
  /**
   * From a journal message to its commit; past it the connection is closed without PUBACK. Below 1.5 x a usual
   * keep-alive.
   */
  readonly commitMsMax: number;
  /** Journal messages handed to ingest and not settled, those of closed connections too; past it none is taken. */
  readonly ingestMessagesMax: number;
  readonly ingestBytesMax: number;
  /** From CONNECT to CONNACK, for looking up and the configuration. */
  readonly signInMsMax: number;
  /** Devices of one look-up at sign-in. */
  readonly signInBatchMax: number;
  /** An answer of a terminal (reply, request) to its writing. */
  readonly answerMsMax: number;
  readonly orders: {
    /** Orders of a device that wait for their payment. */
    readonly pendingMax: number;
    /** Orders of a device within a minute. */
    readonly perMinuteMax: number;
    /** Providers asked for a code at once; past it a terminal is told that there is none. */
    readonly askingMax: number;
  };
  readonly heardEveryMs: number;
  readonly heartbeatEveryMs: number;
  readonly commandsEveryMs: number;
  /** Every so often all commands, configurations and devices are looked at, in case word of a change was lost. */
  readonly lookEveryMs: number;
  /** At the end: for the commits in flight. */
  readonly drainMsMax: number;
}

export const GATEWAY_LIMITS: GatewayLimits = {
  broker: BROKER_LIMITS,
  commitMsMax: 8_000,
  ingestMessagesMax: 2 * BROKER_LIMITS.inFlightMessagesMax,
  ingestBytesMax: 2 * BROKER_LIMITS.inFlightBytesMax,
  signInMsMax: 8_000,
  signInBatchMax: 500,
  answerMsMax: 5_000,
  orders: { pendingMax: 20, perMinuteMax: 30, askingMax: 200 },
  heardEveryMs: 1_000,
  heartbeatEveryMs: 5_000,
  commandsEveryMs: 1_000,
  lookEveryMs: 60_000,
  drainMsMax: 10_000,
};
