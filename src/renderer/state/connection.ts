import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client';
import { create } from 'zustand';

/** One live way to the engine. */
export interface Transport {
  readonly link: ClientLink<ClientContext>;
  /** Settles when the other side is gone. */
  readonly closed: Promise<void>;
}

/** Tries once to reach the engine; rejects when it is not there. */
export type Connect = () => Promise<Transport>;

export type ConnectionStatus = 'connecting' | 'connected' | 'lost';

/** How the window stands with the engine; `times` counts the connections made. */
export const useConnection = create<{ status: ConnectionStatus; times: number }>(() => ({
  status: 'connecting',
  times: 0,
}));

/** A call was made while the engine could not be reached for too long. */
export class ConnectionLostError extends Error {
  constructor() {
    super('The engine does not answer.');
    this.name = 'ConnectionLostError';
  }
}

const firstRetryMs = 200;
const lastRetryMs = 3_000;
const patienceMs = 6_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * A link that outlives its transports: reconnects by itself, lets calls wait a moment for that, and tells
 * `useConnection`. A call that was under way when the transport went away fails; whoever made it decides.
 */
export class Connection implements ClientLink<ClientContext> {
  readonly #connect: Connect;
  #transport: Promise<Transport>;

  constructor(connect: Connect) {
    this.#connect = connect;
    this.#transport = this.#keepTrying();
  }

  async call(
    path: readonly string[],
    input: unknown,
    options: ClientOptions<ClientContext>,
  ): Promise<unknown> {
    const transport = await Promise.race([this.#transport, this.#patience()]);
    if (transport === null) throw new ConnectionLostError();
    return transport.link.call(path, input, options);
  }

  async #patience(): Promise<null> {
    await pause(patienceMs);
    return null;
  }

  async #keepTrying(): Promise<Transport> {
    for (let wait = firstRetryMs; ; wait = Math.min(wait * 1.6, lastRetryMs)) {
      try {
        const transport = await this.#connect();
        useConnection.setState(({ times }) => ({ status: 'connected', times: times + 1 }));
        void transport.closed.then(() => this.#lost());
        return transport;
      } catch {
        useConnection.setState({ status: 'lost' });
        await pause(wait);
      }
    }
  }

  #lost(): void {
    useConnection.setState({ status: 'lost' });
    this.#transport = this.#keepTrying();
  }
}
