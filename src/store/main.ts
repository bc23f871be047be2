import { parentPort, workerData } from 'node:worker_threads';
import { must } from '#base/assert.ts';
import type { ThreadWork } from './start-thread.ts';

// A thread of the store, beside the loop that serves people: answers queries until it is ended, or verifies a project.

const port = must(parentPort, 'this program runs as a thread');
const work = workerData as ThreadWork;

// Imported by need: queries should not wait until the schemas of all records are loaded.
if (work.kind === 'queries') {
  const { serveQueries } = await import('./serve-queries.ts');
  serveQueries(port, work.folder);
} else {
  const { verifyProject } = await import('./verify.ts');
  port.postMessage(await verifyProject(work.folder));
}
