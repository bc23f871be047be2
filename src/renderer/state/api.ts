import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { QueryClient } from '@tanstack/react-query';
import type { contract } from '#contract/contract.ts';
import { shell } from './bridge.ts';
import { Connection, type Connect } from './connection.ts';
import { connectPort, connectSocket, PortQueue } from './transports.ts';

function way(): Connect {
  if (shell() !== null) {
    const ports = new PortQueue(window);
    return () => connectPort(ports);
  }
  const { protocol, host } = window.location;
  return () => connectSocket(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}/rpc`);
}

/** Every procedure of the contract, as a function that answers with a promise. */
export const client: ContractRouterClient<typeof contract> = createORPCClient(new Connection(way()));

/** The same procedures as options for TanStack Query: `useQuery(api.project.info.queryOptions())`. */
export const api = createTanstackQueryUtils(client);

// The engine says what changed, so nothing goes stale by time; what fails is shown with a button to try again.
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: Infinity, retry: false, refetchOnWindowFocus: false, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
});
