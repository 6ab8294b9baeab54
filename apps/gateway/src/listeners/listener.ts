import type { AddressInfo, Server } from 'node:net';
import type { Duplex } from 'node:stream';

/** Where a connection comes from. */
export interface Origin {
  readonly address: string;
  /** The common name of a client certificate that an accepted authority signed; null without one. */
  readonly certificateName: string | null;
}

export type OnConnection = (raw: Duplex, origin: Origin) => void;

/** A listening port. `close` stops taking connections and leaves those that are there alone. */
export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** A peer that vanished without a word is noticed by TCP keep-alive after this long and a few probes. */
export const TCP_KEEP_ALIVE_MS = 60_000;
/** Connections that the kernel holds while the gateway is busy: a storm after an outage waits here. */
const BACKLOG = 4_096;

/**
 * Listens; a port that cannot be had rejects.
 * @throws the listen error (EADDRINUSE, EACCES)
 */
export async function listenOn(server: Server, host: string, port: number): Promise<Listening> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, backlog: BACKLOG }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  // Accepting may fail for want of file descriptors: the connection is lost, the gateway lives.
  server.on('error', () => undefined);
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      // The callback waits for all connections to end; they are not ours to wait for.
      server.close();
      return Promise.resolve();
    },
  };
}
