import { expect, test } from 'vitest';
import { saving, useSaving } from './saving.ts';

/** An action that ends when it is told to. */
function slow(name: string, begun: string[]) {
  let end: (committed: { seq: number }) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const action = (): Promise<{ seq: number }> => {
    begun.push(name);
    return new Promise((resolve, reject) => ([end, fail] = [resolve, reject]));
  };
  return { action, end: (seq: number) => end({ seq }), fail: () => fail(new Error('no disk')) };
}

test('an action begins when the one before has ended, also when that failed', async () => {
  const begun: string[] = [];
  const [label, decide, undo] = [slow('label', begun), slow('decide', begun), slow('undo', begun)];
  const all = [label, decide, undo].map(({ action }) => saving(action));
  const outcomes = Promise.allSettled(all);
  await expect.poll(() => begun).toEqual(['label']);
  expect(useSaving.getState()).toMatchObject({ pending: 3, seq: null });
  label.end(7);
  await expect.poll(() => begun).toEqual(['label', 'decide']);
  decide.fail();
  await expect.poll(() => begun).toEqual(['label', 'decide', 'undo']);
  expect(useSaving.getState()).toMatchObject({ pending: 1, seq: 7, hasFailed: true });
  undo.end(8);
  expect((await outcomes).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(useSaving.getState()).toEqual({ pending: 0, seq: 8, hasFailed: false });
});
