import { expect, test } from 'vitest';
import { BatchLoader } from './batch-loader.ts';

function loader(fetched: string[][], missing: readonly string[] = []): BatchLoader<{ id: string }> {
  return new BatchLoader({
    fetch: async (ids) => {
      fetched.push(ids);
      return ids.filter((id) => !missing.includes(id)).map((id) => ({ id }));
    },
    idOf: (item) => item.id,
    maxBatch: 2,
    gatherMs: 5,
  });
}

test('asks once for what is wanted together, at most so many at a time', async () => {
  const fetched: string[][] = [];
  const batches = loader(fetched);
  const { signal } = new AbortController();
  const items = await Promise.all(['a', 'b', 'a', 'c'].map((id) => batches.load(id, signal)));
  expect(items.map((item) => item.id)).toEqual(['a', 'b', 'a', 'c']);
  expect(fetched).toEqual([['a', 'b'], ['c']]);
});

test('does not ask for what nobody wants any more', async () => {
  const fetched: string[][] = [];
  const batches = loader(fetched);
  const gone = new AbortController();
  const aborted = batches.load('a', gone.signal);
  const wanted = batches.load('b', new AbortController().signal);
  gone.abort(new Error('scrolled away'));
  await expect(aborted).rejects.toThrow('scrolled away');
  await wanted;
  expect(fetched).toEqual([['b']]);
});

test('what does not exist is an error of its own', async () => {
  const batches = loader([], ['x']);
  const { signal } = new AbortController();
  const [found, lost] = await Promise.allSettled([batches.load('a', signal), batches.load('x', signal)]);
  expect(found.status).toBe('fulfilled');
  expect(lost.status).toBe('rejected');
});
