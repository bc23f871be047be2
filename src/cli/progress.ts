import type { Job } from '#contract/job.ts';

/** Shows on stderr, where that is a terminal, for how long some work has been going on that cannot say how far it is. */
export async function showWaiting<T>(name: string, work: Promise<T>): Promise<T> {
  if (!process.stderr.isTTY) return work;
  let seconds = 0;
  const show = (): unknown => process.stderr.write(`\r\x1b[K${name}: ${seconds++} s`);
  show();
  const timer = setInterval(show, 1000);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    process.stderr.write('\r\x1b[K');
  }
}

/** Shows how far a job is, on stderr: one line that is written over on a terminal, nothing in a script's log. */
export function showProgress(job: Job): void {
  if (!process.stderr.isTTY) return;
  if (job.finishedAt !== null) {
    process.stderr.write('\r\x1b[K');
    return;
  }
  const share = job.total > 0 ? ` ${job.done} of ${job.total}` : job.done > 0 ? ` ${job.done}` : '';
  process.stderr.write(`\r\x1b[K${job.kind}: ${job.step}${share}`);
}
