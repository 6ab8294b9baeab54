import type { Client } from 'aedes';
import { AckLane } from './ack-lane.js';
import type { FrameGuard } from './frame-guard.js';
import type { ClosedReason, SignedInClient, Taken } from './ports.js';

/** Where a connection comes from. */
export interface ConnectionOrigin {
  readonly address: string;
  /** The common name of a client certificate that an accepted authority signed; null without one. */
  readonly certificateName: string | null;
}

/** One connection, from its acceptance to its end. */
export class Connection {
  readonly lane = new AckLane<Taken>();
  /** The broker's own object of it. */
  aedesClient: Client | null = null;
  /** Set once the client is signed in. */
  client: SignedInClient | null = null;
  /** The client knows that it is signed in, and the policy was told. */
  ready = false;
  /** Why it ends: the first reason counts. */
  end: { readonly reason: ClosedReason; readonly detail: string } | null = null;

  constructor(
    readonly guard: FrameGuard,
    readonly origin: ConnectionOrigin,
  ) {}

  /** Notes why the connection will end; what ends it then does not know. */
  note(reason: ClosedReason, detail: string): void {
    this.end ??= { reason, detail };
  }

  close(reason: ClosedReason, detail: string): void {
    this.note(reason, detail);
    this.guard.destroy();
  }
}
