import { expect, it } from 'vitest';
import type { Picture } from './picture.ts';
import { PictureCache } from './picture-cache.ts';

function cacheOf(capacity: number) {
  const asked: string[] = [];
  const load = (url: string): Promise<Picture> => {
    asked.push(url);
    if (url === 'broken') return Promise.reject(new Error('not an image'));
    return Promise.resolve({ url, bitmap: {} as ImageBitmap, isReduced: false });
  };
  return { asked, cache: new PictureCache(load, capacity) };
}
const settled = () => new Promise((resolve) => setTimeout(resolve));

it('loads a picture once and tells when it is ready', async () => {
  const { asked, cache } = cacheOf(4);
  const changed: string[] = [];
  cache.onChange((url) => changed.push(url));
  cache.request('a');
  cache.request('a');
  expect(cache.state('a').kind).toBe('loading');
  await settled();
  expect(cache.state('a')).toMatchObject({ kind: 'ready', picture: { url: 'a' } });
  expect(asked).toEqual(['a']);
  expect(changed).toEqual(['a']);
});

it('forgets the picture asked for longest ago', async () => {
  const { cache } = cacheOf(2);
  for (const url of ['a', 'b', 'a', 'c']) cache.request(url);
  await settled();
  expect(['a', 'b', 'c'].map((url) => cache.state(url).kind)).toEqual(['ready', 'loading', 'ready']);
});

it('remembers a failure until asked to try again', async () => {
  const { asked, cache } = cacheOf(2);
  cache.request('broken');
  await settled();
  cache.request('broken');
  expect(cache.state('broken').kind).toBe('failed');
  cache.retry('broken');
  expect(cache.state('broken').kind).toBe('loading');
  await settled();
  expect(asked).toEqual(['broken', 'broken']);
});
