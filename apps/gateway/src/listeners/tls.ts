import { createServer, type TLSSocket } from 'node:tls';
import { listenOn, TCP_KEEP_ALIVE_MS, type Listening, type OnConnection } from './listener.js';

export interface TlsFiles {
  /** PEM: the gateway's certificate chain. */
  readonly cert: Buffer;
  /** PEM: its private key. */
  readonly key: Buffer;
  /** PEM: the authorities whose client certificates sign a device in; undefined where there are none. */
  readonly clientCa: Buffer | undefined;
}

const HANDSHAKE_MS_MAX = 10_000;

/** The common name of the peer's certificate when an accepted authority signed it; null without one. */
function certificateName(socket: TLSSocket): string | null {
  if (!socket.authorized) return null;
  const name: unknown = socket.getPeerCertificate().subject?.CN;
  return typeof name === 'string' ? name : null;
}

/** MQTT over TLS 1.2 or newer. A terminal without a certificate may come in too: it then needs its password. */
export function listenTls(host: string, port: number, files: TlsFiles, onConnection: OnConnection): Promise<Listening> {
  const server = createServer(
    {
      cert: files.cert,
      key: files.key,
      ca: files.clientCa,
      requestCert: files.clientCa !== undefined,
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
      honorCipherOrder: true,
      handshakeTimeout: HANDSHAKE_MS_MAX,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: TCP_KEEP_ALIVE_MS,
    },
    (socket) => onConnection(socket, { address: socket.remoteAddress ?? '', certificateName: certificateName(socket) }),
  );
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  return listenOn(server, host, port);
}
