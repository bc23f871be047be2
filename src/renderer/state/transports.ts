import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import { portMessage } from '#contract/port-message.ts';
import type { Transport } from './connection.ts';

/** Reaches the engine of a served window. */
export function connectSocket(url: string): Promise<Transport> {
  const websocket = new WebSocket(url);
  return new Promise((resolve, reject) => {
    const closed = new Promise<void>((end) =>
      websocket.addEventListener('close', () => end(), { once: true }),
    );
    void closed.then(() => reject(new Error('The connection was refused.')));
    websocket.addEventListener('open', () => resolve({ link: new SocketLink({ websocket }), closed }), {
      once: true,
    });
  });
}

/** The ports that the preload script hands over: one at the start, and one whenever the engine was restarted. */
export class PortQueue {
  #port: MessagePort | null = null;
  #taker: ((port: MessagePort) => void) | null = null;

  /** Starts to listen; must be called before the page has loaded. */
  constructor(target: Window) {
    target.addEventListener('message', (event) => {
      const port = event.ports[0];
      if (event.source !== target || event.data !== portMessage || port === undefined) return;
      if (this.#taker === null) this.#port = port;
      else this.#taker(port);
      this.#taker = null;
    });
  }

  /** The next port that nobody took yet. */
  next(): Promise<MessagePort> {
    const port = this.#port;
    this.#port = null;
    if (port !== null) return Promise.resolve(port);
    return new Promise((resolve) => (this.#taker = resolve));
  }
}

/** Reaches the engine from an Electron window. */
export async function connectPort(ports: PortQueue): Promise<Transport> {
  const port = await ports.next();
  const closed = new Promise<void>((end) => port.addEventListener('close', () => end(), { once: true }));
  port.start();
  return { link: new PortLink({ port }), closed };
}
