import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { createWebSocketStream, WebSocketServer } from 'ws';
import type { OnConnection } from './listener.js';

const PATH = '/mqtt';
const SUBPROTOCOL = 'mqtt';
/** One WebSocket message may hold several packets, or part of one (MQTT-6.0.0-2). */
const MESSAGE_BYTES_MAX = 2 * 1_048_576;

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/**
 * MQTT over WebSocket on the path `/mqtt` of an HTTP server, subprotocol `mqtt` (MQTT 3.1.1 section 6).
 * Returns a function that takes no further ones.
 */
export function serveWebSocket(server: Server, onConnection: OnConnection): () => void {
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: () => SUBPROTOCOL,
    maxPayload: MESSAGE_BYTES_MAX,
    perMessageDeflate: false,
  });
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', () => socket.destroy());
    if ((request.url ?? '').split('?')[0] !== PATH) return refuse(socket, '404 Not Found');
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
    if (!offered.includes(SUBPROTOCOL)) return refuse(socket, '400 Bad Request'); // MQTT-6.0.0-3
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('message', (_data, isBinary) => {
        if (!isBinary) webSocket.terminate(); // MQTT-6.0.0-1
      });
      const address = request.socket.remoteAddress ?? '';
      onConnection(createWebSocketStream(webSocket), { address, certificateName: null });
    });
  };
  server.on('upgrade', upgrade);
  return () => {
    server.off('upgrade', upgrade);
    sockets.close();
  };
}
