import { must } from '#base/assert.ts';
import { parentPort as thread } from 'node:worker_threads';

// Runs the engine program of the Electron shell in a thread, with the `process.parentPort` that Electron would give it.

interface Envelope {
  readonly data: unknown;
  readonly ports?: readonly unknown[];
}

const port = must(thread, 'started as a worker');
Object.assign(process, {
  parentPort: {
    on: (_event: 'message', listener: (message: Envelope) => void) =>
      port.on('message', ({ data, ports = [] }: Envelope) => listener({ data, ports })),
    postMessage: (message: unknown) => port.postMessage(message),
  },
});
await import('#engine/main.ts');
