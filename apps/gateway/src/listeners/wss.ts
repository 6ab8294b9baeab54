import { createServer } from 'node:https';
import { listenOn, type Listening, type OnConnection } from './listener.js';
import { readTls, watchTls, type TlsPaths } from './tls-files.js';
import { serveWebSocket } from './websocket.js';

/** MQTT over WebSocket over TLS, for browser terminals: by password alone. */
export async function listenWss(
  host: string,
  port: number,
  paths: TlsPaths,
  onConnection: OnConnection,
  onFailure: (error: unknown) => void,
): Promise<Listening> {
  const own = { ...paths, clientCa: undefined, clientCrl: undefined };
  const server = createServer((await readTls(own)).context, (_request, response) => response.writeHead(404).end());
  const stopServing = serveWebSocket(server, onConnection);
  const takeChange = async (): Promise<void> => server.setSecureContext((await readTls(own)).context);
  const stopWatching = watchTls(own, () => void takeChange().catch(onFailure));
  const listening = await listenOn(server, host, port);
  return {
    port: listening.port,
    close: () => {
      stopWatching();
      stopServing();
      return listening.close();
    },
  };
}
