import { createServer } from 'node:net';
import { listenOn, TCP_KEEP_ALIVE_MS, type Listening, type OnConnection } from './listener.js';

/** Plain MQTT. */
export function listenTcp(host: string, port: number, onConnection: OnConnection): Promise<Listening> {
  const server = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: TCP_KEEP_ALIVE_MS }, (socket) =>
    onConnection(socket, { address: socket.remoteAddress ?? '', certificateName: null }),
  );
  return listenOn(server, host, port);
}
