import { expect, it } from 'vitest';
import { newProject } from '#test/support/project.ts';
import { getThumbnail, putThumbnails } from './thumbnails.ts';

const small = { hash: 'a', type: 'image/webp', bytes: Uint8Array.of(1, 2, 3) };

it('keeps, replaces and finds thumbnails', async () => {
  const { db } = await newProject();
  await putThumbnails(db, []);
  await putThumbnails(db, [small, { ...small, hash: 'b' }]);
  await putThumbnails(db, [{ ...small, hash: 'b', bytes: Uint8Array.of(9) }]);
  expect(await getThumbnail(db, 'a')).toEqual(small);
  expect((await getThumbnail(db, 'b'))?.bytes).toEqual(Uint8Array.of(9));
  expect(await getThumbnail(db, 'c')).toBeNull();
});
