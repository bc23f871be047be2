import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AnyRouter } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import type { Access } from './access.ts';

/** Largest message from a window: 100,000 image ids in one action are 2 MB. */
const maxMessageBytes = 16 * 1024 * 1024;

/** The windows' connections to the engine. */
export interface Line {
  close(): void;
}

/** Answers the procedures to WebSockets that knock at `/rpc` with our cookie from our page. */
export function serveLine(server: Server, access: Access, router: AnyRouter): Line {
  const handler = new RPCHandler(router);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes });
  server.on('upgrade', (request, stream, head) => {
    const refusal = access.refuseSocket(request.headers);
    if (refusal) return refuse(stream, refusal.status);
    if (request.url !== '/rpc') return refuse(stream, 404);
    sockets.handleUpgrade(request, stream, head, (socket) => {
      // A broken frame or an oversized message; the library closes the socket, the window connects again.
      socket.on('error', () => undefined);
      void handler.upgrade(socket, { context: {} });
    });
  });
  return {
    close: () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

function refuse(stream: Duplex, status: number): void {
  stream.on('error', () => undefined);
  stream.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
