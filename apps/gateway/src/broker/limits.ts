import { QUARANTINE_BYTES_MAX, RECEIPTS_QUEUED_MAX } from '@app/protocol';

/**
 * The bounds of the broker: nothing that a client does grows without one. docs/GATEWAY.md tells the same table in
 * words. All are per gateway process.
 */
export interface BrokerLimits {
  /** Connections at once; a further one is closed at once. */
  readonly connectionsMax: number;
  /** Connections that have not signed in yet; a further one is closed at once. */
  readonly connectionsUnsignedMax: number;
  /** New connections from one address: so many at once, … */
  readonly connectionsPerAddressBurst: number;
  /** … and so many a second for ever; a further one is closed at once. */
  readonly connectionsPerAddressPerSecond: number;
  /** From the opening of the connection to the last byte of its CONNECT. */
  readonly connectMsMax: number;
  /** From the first byte of a packet to its last. */
  readonly packetMsMax: number;
  readonly connectBytesMax: number;
  /** SUBSCRIBE and UNSUBSCRIBE. */
  readonly subscribeBytesMax: number;
  readonly publishPayloadBytesMax: number;
  readonly topicBytesMax: number;
  readonly subscriptionsPerClientMax: number;
  /** Publishes taken and not yet answered on one connection; past it the socket is not read. */
  readonly inFlightPerClientMessagesMax: number;
  readonly inFlightPerClientBytesMax: number;
  /** The same over all connections; past it the connections take turns. */
  readonly inFlightMessagesMax: number;
  readonly inFlightBytesMax: number;
  /** Publishes a second on one connection, in the long run, … */
  readonly publishesPerSecond: number;
  /** … and at once; past it the socket is read more slowly. */
  readonly publishesBurst: number;
  /** A subscriber whose socket takes nothing for so long is dropped. */
  readonly drainMsMax: number;
  /** Messages kept for one absent or slow persistent session: the newest. */
  readonly queuedPerSessionMax: number;
  /** Bytes of messages kept for all of them; the longest absent session loses its queue first. */
  readonly queuedBytesMax: number;
  /** Persistent sessions; the longest absent is forgotten first. */
  readonly sessionsMax: number;
  /** Retained topics; a further one is not retained. */
  readonly retainedTopicsMax: number;
}

export const BROKER_LIMITS: BrokerLimits = {
  connectionsMax: 20_000,
  connectionsUnsignedMax: 2_000,
  connectionsPerAddressBurst: 5_000,
  connectionsPerAddressPerSecond: 500,
  connectMsMax: 10_000,
  packetMsMax: 120_000,
  connectBytesMax: 16_384,
  subscribeBytesMax: 65_536,
  publishPayloadBytesMax: QUARANTINE_BYTES_MAX,
  topicBytesMax: 512,
  subscriptionsPerClientMax: 50,
  inFlightPerClientMessagesMax: 1_000,
  inFlightPerClientBytesMax: 8_388_608,
  inFlightMessagesMax: 20_000,
  inFlightBytesMax: 67_108_864,
  publishesPerSecond: 5_000,
  publishesBurst: 10_000,
  drainMsMax: 10_000,
  queuedPerSessionMax: RECEIPTS_QUEUED_MAX,
  queuedBytesMax: 67_108_864,
  sessionsMax: 20_000,
  retainedTopicsMax: 40_000,
};
