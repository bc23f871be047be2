import type { Split } from '#core/records/image.ts';
import { readSplit, type LabelRow } from './label-file.ts';

/** What a label source says about one file. */
export interface FileLabel {
  readonly label: string;
  readonly annotator: string | null;
  readonly time: number | null;
}

/** Everything that is known of a file before it is read. */
export interface FileNotes {
  readonly labels: readonly FileLabel[];
  readonly groupId: string | null;
  readonly split: Split | null;
}

const nothing: FileNotes = { labels: [], groupId: null, split: null };

/**
 * The first sub-folder is the class: `monocyte/a.png`. A first folder that is named like a split (`train`, `val`,
 * `test` …) gives the split, and the next one the class.
 * @param path relative to the folder that is added, with forward slashes
 */
export function notesFromFolders(path: string): FileNotes {
  const folders = path.split('/').slice(0, -1);
  const split = folders.length > 1 ? (readSplit(folders[0] ?? '') ?? null) : null;
  const label = folders[split === null ? 0 : 1];
  if (label === undefined) return nothing;
  return { labels: [{ label, annotator: null, time: null }], groupId: null, split };
}

/** Notes by path from the rows of a label file; a path may have several labels, by several annotators. */
export function notesFromRows(rows: readonly LabelRow[]): Map<string, FileNotes> {
  const notes = new Map<string, FileNotes>();
  for (const row of rows) {
    const before = notes.get(row.path) ?? nothing;
    const { label, annotator, time } = row;
    notes.set(row.path, {
      labels: label === null ? before.labels : [...before.labels, { label, annotator, time }],
      groupId: row.groupId ?? before.groupId,
      split: row.split ?? before.split,
    });
  }
  return notes;
}
