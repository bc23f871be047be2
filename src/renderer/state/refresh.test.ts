import { expect, test } from 'vitest';
import type { Job } from '#contract/job.ts';
import { recordKinds } from '#core/records/records.ts';

// The module makes its client from the window's address.
Object.assign(globalThis, { window: { location: { protocol: 'http:', host: 'nowhere.invalid', hash: '' } } });
Object.assign(globalThis, {
  WebSocket: class {
    addEventListener(): void {}
  },
});
const { areasOf, withJob } = await import('./refresh.ts');

const job = (id: string, done: number): Job => ({ id, done }) as Job;

test('every change is a line of the history', () => {
  for (const kind of recordKinds)
    expect(areasOf({ type: 'changed', seq: 1, kinds: [kind] })).toContain('history');
});

test('a label does not fetch the models again, a model does not fetch the classes', () => {
  expect(areasOf({ type: 'changed', seq: 1, kinds: ['label'] })).not.toContain('model');
  expect(areasOf({ type: 'model', model: null })).not.toContain('classes');
});

test('a job moves on in its place, a new one comes first', () => {
  const jobs = [job('b', 1), job('a', 9)];
  expect(withJob(jobs, job('a', 10))).toEqual([job('b', 1), job('a', 10)]);
  expect(withJob(jobs, job('c', 0))).toEqual([job('c', 0), ...jobs]);
});
