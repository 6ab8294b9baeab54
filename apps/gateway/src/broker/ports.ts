import type { ConnackCode } from './connect-packet.js';

/** Who asks to be let in, as plain values. */
export interface SignInRequest {
  readonly clientId: string;
  readonly userName: string | undefined;
  readonly password: Uint8Array | undefined;
  /** The common name of a client certificate that an accepted authority signed; null without one. */
  readonly certificateName: string | null;
  /** The peer's IP address. */
  readonly address: string;
}

export type SignInAnswer =
  | { readonly accepted: true; readonly deviceNo: number; readonly epoch: number }
  | { readonly accepted: false; readonly code: ConnackCode; readonly reason: string };

/** A client that is signed in. One object for each connection: two connections of one device are two clients. */
export interface SignedInClient {
  readonly id: string;
  readonly deviceNo: number;
  /** Of the credentials with which it signed in. */
  readonly epoch: number;
  readonly address: string;
}

/** A message from a client, or its will. */
export interface UpMessage {
  readonly client: SignedInClient;
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly retain: boolean;
  readonly isWill: boolean;
  /** When the gateway had it whole, ms. */
  readonly receivedAt: number;
}

/** A message to whoever subscribes to its topic. */
export interface DownMessage {
  readonly topic: string;
  readonly payload: string | Uint8Array;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
}

/** What became of a message that is taken. */
export interface Taken {
  /** Whether subscribers get it, and its retain flag holds. What the gateway takes for itself goes to nobody. */
  readonly forward: boolean;
  /** Published as soon as the acknowledgement has left. */
  readonly answers: readonly DownMessage[];
}

/** What the broker asks and tells. Its callbacks do nothing but ask and tell. */
export interface BrokerPolicy {
  /** Must answer within its own deadline; a rejection is told to the client as "server unavailable". */
  signIn(request: SignInRequest): Promise<SignInAnswer>;
  mayPublish(clientId: string, topic: string): boolean;
  maySubscribe(clientId: string, filter: string): boolean;
  /** The client to which a topic or filter belongs; null when it may be anyone's. */
  ownerOf(topic: string): string | null;
  /**
   * Takes a message. It is acknowledged when the promise resolves, in the order in which the client published; a
   * rejection closes the connection without an acknowledgement. The calls come in the order of publishing and do not
   * wait for each other.
   */
  take(message: UpMessage): Taken | Promise<Taken>;
  /** `filters` are those of a session that is taken up again. */
  connected(client: SignedInClient, filters: readonly string[]): void;
  subscribed(client: SignedInClient, filters: readonly string[]): void;
  /** Told once for each client that was told as connected. */
  disconnected(client: SignedInClient): void;
}

/** Why a connection was not let in, or was closed. Few and fixed: they become labels of a metric. */
export type ClosedReason =
  | 'too-many-connections'
  | 'too-many-of-address'
  | 'too-many-unsigned'
  | 'protocol-fault'
  | 'bad-sign-in'
  | 'forbidden-publish'
  | 'not-taken'
  | 'keepalive'
  | 'taken-over'
  | 'closed-by-gateway'
  | 'lost';

/** Told what happens, for metrics and the log. */
export interface BrokerObserver {
  closed(reason: ClosedReason, detail: string, clientId: string | null): void;
  acknowledged(delayMs: number): void;
  /** A fault of ours that no client waits for. */
  fault(error: unknown, doing: string): void;
}
