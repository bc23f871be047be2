import { expect, test } from 'vitest';
import { notesFromFolders, notesFromRows } from './file-labels.ts';

const labelled = (label: string, annotator: string | null = null) => ({ label, annotator, time: null });

test('the first sub-folder is the class, after a folder that names a split', () => {
  expect(notesFromFolders('monocyte/slide 1/a.png')).toEqual({
    labels: [labelled('monocyte')],
    groupId: null,
    split: null,
  });
  expect(notesFromFolders('val/monocyte/a.png')).toMatchObject({
    labels: [labelled('monocyte')],
    split: 'dev',
  });
  expect(notesFromFolders('test/a.png')).toMatchObject({ labels: [labelled('test')], split: null });
  expect(notesFromFolders('a.png').labels).toEqual([]);
});

test('several annotators may label one path', () => {
  const row = { path: 'a', label: 'x', annotator: 'kim', time: null, groupId: null, split: null };
  const notes = notesFromRows([
    row,
    { ...row, label: 'y', annotator: 'lee', groupId: 'p1' },
    { ...row, path: 'b', label: null, split: 'test' },
  ]);
  expect(notes.get('a')).toEqual({
    labels: [labelled('x', 'kim'), labelled('y', 'lee')],
    groupId: 'p1',
    split: null,
  });
  expect(notes.get('b')).toEqual({ labels: [], groupId: null, split: 'test' });
});
