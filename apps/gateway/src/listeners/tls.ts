import { createServer, type TLSSocket } from 'node:tls';
import { listenOn, TCP_KEEP_ALIVE_MS, type Listening, type OnConnection } from './listener.js';
import { plainSerial, readTls, watchTls, type TlsPaths } from './tls-files.js';

const HANDSHAKE_MS_MAX = 10_000;

/** The common name of the peer's certificate when an accepted authority signed it; null without one. */
function certificateName(socket: TLSSocket): string | null {
  if (!socket.authorized) return null;
  const name: unknown = socket.getPeerCertificate().subject?.CN;
  return typeof name === 'string' ? name : null;
}

/**
 * MQTT over TLS 1.2 or newer. A terminal without a certificate may come in too: it then needs its password. The files
 * are read anew when they change; connections whose certificate was taken back are closed at once.
 */
export async function listenTls(
  host: string,
  port: number,
  paths: TlsPaths,
  onConnection: OnConnection,
  onFailure: (error: unknown) => void,
): Promise<Listening> {
  const certified = new Map<TLSSocket, string>();
  const server = createServer(
    {
      ...(await readTls(paths)).context,
      requestCert: paths.clientCa !== undefined,
      rejectUnauthorized: false,
      handshakeTimeout: HANDSHAKE_MS_MAX,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: TCP_KEEP_ALIVE_MS,
    },
    (socket) => {
      const name = certificateName(socket);
      if (name !== null) {
        certified.set(socket, plainSerial(socket.getPeerCertificate().serialNumber));
        socket.once('close', () => certified.delete(socket));
      }
      onConnection(socket, { address: socket.remoteAddress ?? '', certificateName: name });
    },
  );
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  const takeChange = async (): Promise<void> => {
    const { context, revoked } = await readTls(paths);
    // A new context has new ticket keys: no session from before can be resumed past the revocation list.
    server.setSecureContext(context);
    for (const [socket, serial] of certified) if (revoked.has(serial)) socket.destroy();
  };
  const stopWatching = watchTls(paths, () => void takeChange().catch(onFailure));
  const listening = await listenOn(server, host, port);
  return {
    port: listening.port,
    close: () => {
      stopWatching();
      return listening.close();
    },
  };
}
