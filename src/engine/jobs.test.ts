import { expect, test } from 'vitest';
import { problem } from '#base/problem.ts';
import { err, ok } from '#base/result.ts';
import type { Job } from '#contract/job.ts';
import { JobQueue } from './jobs.ts';

function queueWithLog(): { queue: JobQueue; log: Job[] } {
  const log: Job[] = [];
  let id = 0;
  let time = 0;
  const queue = new JobQueue({
    clock: () => (time += 50),
    newId: () => `job${id++}`,
    onChange: (job) => log.push(job),
  });
  return { queue, log };
}

test('one job runs at a time, in order, and ends with its summary', async () => {
  const { queue } = queueWithLog();
  const order: string[] = [];
  const body = (name: string) => async () => {
    order.push(`${name} starts`);
    await new Promise((resolve) => setTimeout(resolve, 5));
    order.push(`${name} ends`);
    return ok({ images: 3 });
  };
  const first = queue.start('add', body('a'));
  const second = queue.start('train', body('b'));
  expect(await queue.finished(second)).toMatchObject({ state: 'done', summary: { images: 3 } });
  expect(order).toEqual(['a starts', 'a ends', 'b starts', 'b ends']);
  expect(queue.list().map((job) => job.id)).toEqual([second, first]);
});

test('a failure keeps its sentence, a crash gets one, and the next job still runs', async () => {
  const { queue } = queueWithLog();
  const failing = queue.start('add', async () => err(problem('not-found', '/x', 'no such folder')));
  const crashing = queue.start('train', async () => {
    throw new Error('out of memory');
  });
  const fine = queue.start('embed', async () => ok({}));
  expect((await queue.finished(failing))?.problem?.reason).toBe('no such folder');
  expect(await queue.finished(crashing)).toMatchObject({ state: 'failed', problem: { code: 'crashed' } });
  expect((await queue.finished(fine))?.state).toBe('done');
});

test('cancelling stops a running job and one that waits', async () => {
  const { queue } = queueWithLog();
  const running = queue.start('add', async (job) => {
    await new Promise<void>((resolve) => job.signal.addEventListener('abort', () => resolve()));
    return err(problem('cancelled', 'add', 'stopped'));
  });
  const waiting = queue.start('train', async () => ok({}));
  expect(queue.isActive('train')).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect([queue.cancel(running), queue.cancel(waiting), queue.cancel('none')]).toEqual([true, true, false]);
  expect((await queue.finished(running))?.state).toBe('cancelled');
  expect((await queue.finished(waiting))?.state).toBe('cancelled');
});

test('progress is told at most every tenth of a second, and at once when the step changes', async () => {
  const { queue, log } = queueWithLog();
  const id = queue.start('add', async (job) => {
    for (let done = 0; done < 10; done++) job.progress('read', done, 10);
    job.progress('embed', 0, 1);
    job.skip({ path: 'a.jpg', reason: 'damaged' });
    return ok({});
  });
  await queue.finished(id);
  expect(log.filter((job) => job.state === 'running' && job.step === 'read').length).toBe(5);
  expect(log.some((job) => job.step === 'embed')).toBe(true);
  expect(log.at(-1)).toMatchObject({ state: 'done', skippedCount: 1 });
  expect(queue.skipped(id)).toEqual([{ path: 'a.jpg', reason: 'damaged' }]);
});
