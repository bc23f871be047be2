import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { imageFile, rootFolder, storedRoot } from './source-root.ts';

const project = resolve('/projects/cells');

test('a folder inside the project is stored relative to it and moves with it', () => {
  const moved = resolve('/elsewhere/cells');
  for (const [inside, root] of [
    [[], '.'],
    [['images'], './images'],
    [['batches', 'day 1'], './batches/day 1'],
    [['..cache'], './..cache'],
    [['.hidden'], './.hidden'],
  ] as const) {
    expect(storedRoot(project, join(project, ...inside))).toBe(root);
    expect(rootFolder(project, root)).toBe(join(project, ...inside));
    expect(rootFolder(moved, root)).toBe(join(moved, ...inside));
  }
});

test('any other folder keeps its absolute path, also that of another system', () => {
  for (const folder of [resolve('/projects/cells-2'), resolve('/projects'), resolve('/images')]) {
    expect(storedRoot(project, folder)).toBe(folder);
    expect(rootFolder(project, folder)).toBe(folder);
  }
  expect(rootFolder(project, 'C:\\slides')).toBe('C:\\slides');
});

test('a path of an image starts at its root', () => {
  expect(imageFile(project, { root: './images', path: 'a/1.png' })).toBe(
    join(project, 'images', 'a', '1.png'),
  );
});
