import { writeSync } from 'node:fs';
import { ok, type Result } from '#base/result.ts';
import { serveTasks } from '#images/serve-tasks.ts';

/** A worker whose tasks do what decoders do to fuzzed files, for the tests of `ProcessPool`. */
export type FragileTask = 'echo' | 'crash' | 'hang' | 'print' | number;

async function work(task: FragileTask): Promise<Result<string>> {
  if (task === 'crash') process.kill(process.pid, 'SIGSEGV');
  if (task === 'print') writeSync(1, 'noise from a decoder');
  // A native hang blocks the whole process, timers and messages included.
  if (task === 'crash' || task === 'hang') for (;;);
  if (typeof task === 'number') await new Promise((resolve) => setTimeout(resolve, task));
  return ok(`${process.pid}`);
}

serveTasks(work);
