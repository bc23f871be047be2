import { expect, test } from 'vitest';
import { folderName, joinPath, safeName } from './paths.ts';

test('paths keep the style of their machine', () => {
  expect(joinPath('/home/kim', 'cells')).toBe('/home/kim/cells');
  expect(joinPath('/', 'cells')).toBe('/cells');
  expect(joinPath('C:\\', 'cells')).toBe('C:\\cells');
  expect(joinPath('D:\\data', 'cells')).toBe('D:\\data\\cells');
  expect(folderName('/data/slides/')).toBe('slides');
  expect(folderName('D:\\data\\slides')).toBe('slides');
});

test('a project name becomes a folder name on every system', () => {
  expect(safeName('  Blood: day 1/2? ')).toBe('Blood- day 1-2-');
  expect(safeName('세포 1')).toBe('세포 1');
  expect(safeName('...')).toBe('project');
});
