import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseLabels, readLabelFile, readSplit } from './label-file.ts';

/** What a file says whose text comes in pieces, here of seven characters. */
const rowsOf = async (text: string): Promise<unknown> => {
  const parsed = await parseLabels('x.csv', text.match(/[^]{1,7}/g) ?? []);
  return parsed.ok ? parsed.value : parsed.error.reason;
};

test('path and label are enough; columns may come in any order, quoted, with a byte order mark', async () => {
  expect(await rowsOf('\ufefflabel,path\ncat,"a, b.jpg"\n,c.jpg\n')).toMatchObject({
    rows: [
      { path: 'a, b.jpg', label: 'cat', annotator: null, time: null },
      { path: 'c.jpg', label: null },
    ],
    bad: [],
  });
});

test('annotator, time, group and split are read; semicolons, tabs and back slashes too', async () => {
  const row = { path: 'd/a.jpg', label: 'cat', annotator: 'kim', groupId: 'p7', split: 'dev' };
  const time = Date.UTC(2026, 4, 4, 10);
  expect(
    await rowsOf('path;label;annotator;time;group;split\nd\\a.jpg;cat;kim;2026-05-04T10:00:00Z;p7;val'),
  ).toMatchObject({
    rows: [{ ...row, time }],
  });
  expect(await rowsOf(`path\tlabel\ttime\na\tb\t${time / 1000}`)).toMatchObject({ rows: [{ time }] });
  expect(await rowsOf(`path\tlabel\ttime\na\tb\t${time}`)).toMatchObject({ rows: [{ time }] });
});

test('a bad line is named and the rest is used', async () => {
  expect(await rowsOf('path,label,time,split\na,x,yesterday,\nb,x,,holdout\n,x,,\nc,x,,\n')).toEqual({
    rows: [{ path: 'c', label: 'x', annotator: null, time: null, groupId: null, split: null }],
    bad: [
      { path: 'a', reason: '“yesterday” in line 2 is not a time; use ISO 8601.' },
      { path: 'b', reason: '“holdout” in line 3 is no split; use train, train-dev, dev or test.' },
      { path: '(no path)', reason: 'Line 4 has no path; add it.' },
    ],
  });
});

test('a line with fewer or more fields than columns is named; what ends in separators alone is used', async () => {
  const parsed = await rowsOf('path,label,annotator\na,x\n\nb, c.jpg,x,kim\nd,x,,,,\n;,x,kim');
  expect(parsed).toMatchObject({
    rows: [
      { path: 'd', label: 'x' },
      { path: ';', label: 'x' },
    ],
    bad: [
      { path: 'a', reason: 'Line 2 has 2 fields, but the first line names 3; mend it.' },
      { path: 'b', reason: 'Line 4 has 4 fields, but the first line names 3; mend it.' },
    ],
  });
});

test('what is no label file gets one sentence', async () => {
  expect(await rowsOf('image,class\na,b\n')).toBe(
    'There is no column “path”; the first line must name path and label.',
  );
  expect(await rowsOf('path,label\n"a,b\n')).toMatch(/^This is not a CSV file.*line 2.*\w\.$/);
  for (const empty of ['', '\ufeff', ' \r\n\n'])
    expect(await rowsOf(empty)).toBe('The file is empty; its first line must name path and label.');
  expect(await rowsOf('\npath,label\n')).toEqual({ rows: [], bad: [] });
  expect(await readLabelFile('/nowhere/x.csv')).toMatchObject({ ok: false, error: { code: 'not-found' } });
  const folder = await readLabelFile(tmpdir());
  expect(folder).toMatchObject({ error: { reason: 'This is a folder; choose a CSV file in it.' } });
  const file = join(await mkdtemp(join(tmpdir(), 'emend-')), 'x.csv');
  await writeFile(file, Buffer.from([0x70, 0xff, 0xfe, 0x00]));
  expect(await readLabelFile(file)).toMatchObject({
    ok: false,
    error: { reason: 'This is not UTF-8 text; save it as CSV in UTF-8.' },
  });
});

test('the usual names of splits', async () => {
  expect(['Train', 'val', 'validation', 'TEST', 'train-dev', '', 'x'].map(readSplit)).toEqual([
    'train',
    'dev',
    'dev',
    'test',
    'train-dev',
    null,
    undefined,
  ]);
});
