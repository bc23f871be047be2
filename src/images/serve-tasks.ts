import { assert } from '#base/assert.ts';
import type { Result } from '#base/result.ts';
import { readyMessage, type Answer, type Request } from './process-pool.ts';

/**
 * The worker's side of a `ProcessPool`: does one task after another, in order. The next begins only when the answer
 * is out of this process, so that a crash is never blamed on a task that was done.
 */
export function serveTasks<Task, Value>(work: (task: Task) => Promise<Result<Value>>): void {
  let last = Promise.resolve();
  process.on('message', (request) => {
    last = last.then(() => handle(request as Request<Task>, work));
  });
  // The engine is gone. A decoder that hangs would survive a polite exit.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  void send(readyMessage);
}

async function handle<Task, Value>(
  { id, task }: Request<Task>,
  work: (task: Task) => Promise<Result<Value>>,
): Promise<void> {
  await send({ id, result: await work(task) });
}

function send(message: typeof readyMessage | Answer<unknown>): Promise<void> {
  return new Promise((resolve) => {
    assert(process.send !== undefined, 'a worker was forked with a channel');
    process.send(message, undefined, {}, () => resolve());
  });
}
