import { readFile } from 'node:fs/promises';
import { CsvError, parse } from 'csv-parse/sync';
import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import { splitSchema, type Split } from '#core/records/image.ts';

/** What a label file says about one image. */
export interface LabelRow {
  /** As in the file, with forward slashes. */
  readonly path: string;
  /** Null when the image is named but not labelled. */
  readonly label: string | null;
  readonly annotator: string | null;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly time: number | null;
  readonly groupId: string | null;
  readonly split: Split | null;
}

/** A line that could not be used, and why. */
export interface BadRow {
  readonly path: string;
  readonly reason: string;
}

/** The usable rows of a label file, and the others. */
export interface LabelFile {
  readonly rows: readonly LabelRow[];
  readonly bad: readonly BadRow[];
}

const largestFile = 512 * 1024 * 1024;

/**
 * Reads `path,label[,annotator,time,group,split]`: a header line names the columns, in any order; comma, semicolon
 * or tab separate them; UTF-8. Times are ISO 8601, or milliseconds or seconds since 1970.
 */
export async function readLabelFile(file: string): Promise<Result<LabelFile>> {
  try {
    const bytes = await readFile(file);
    if (bytes.length > largestFile)
      return err(problem('bad-input', file, 'The file is larger than 512 MB; split it.'));
    return parseLabels(file, new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (error instanceof TypeError && code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      return err(problem('bad-input', file, 'This is not UTF-8 text; save it as CSV in UTF-8.'));
    }
    const reason = code === 'ENOENT' ? 'There is no such file.' : 'It cannot be read; check its permissions.';
    return err(problem('not-found', file, reason));
  }
}

/** Parses the text of a label file; `file` is only named in problems. */
export function parseLabels(file: string, text: string): Result<LabelFile> {
  try {
    const lines: Record<string, string>[] = parse(text, {
      bom: true,
      columns: (header: string[]) => header.map((name) => name.trim().toLowerCase()),
      delimiter: [',', ';', '\t'],
      relaxColumnCount: true,
      skipEmptyLines: true,
      trim: true,
    });
    const missing = ['path', 'label'].filter((name) => lines[0] && !(name in lines[0]));
    if (missing.length > 0) {
      return err(
        problem(
          'bad-input',
          file,
          `There is no column “${missing[0]}”; the first line must name path and label.`,
        ),
      );
    }
    return ok(readRows(lines));
  } catch (error) {
    const detail = error instanceof CsvError ? error.message : String(error);
    return err(problem('bad-input', file, `This is not a CSV file: ${detail}`));
  }
}

function readRows(lines: readonly Record<string, string>[]): LabelFile {
  const rows: LabelRow[] = [];
  const bad: BadRow[] = [];
  for (const line of lines) {
    const row = readRow(line);
    if (row.ok) rows.push(row.value);
    else bad.push({ path: row.error.subject, reason: row.error.reason });
  }
  return { rows, bad };
}

function readRow(line: Record<string, string>): Result<LabelRow> {
  const path = (line['path'] ?? '').replaceAll('\\', '/').replace(/^\.\//, '');
  if (path === '') return err(problem('bad-input', '(no path)', 'A line has no path.'));
  const time = readTime(line['time'] ?? '');
  if (Number.isNaN(time))
    return err(problem('bad-input', path, `“${line['time']}” is not a time; use ISO 8601.`));
  const split = readSplit(line['split'] ?? '');
  if (split === undefined) {
    return err(
      problem('bad-input', path, `“${line['split']}” is no split; use train, train-dev, dev or test.`),
    );
  }
  const text = (name: string): string | null => line[name] || null;
  return ok({
    path,
    label: text('label'),
    annotator: text('annotator'),
    time,
    groupId: text('group'),
    split,
  });
}

/** Seconds become milliseconds: no label was given before 1973, where the two ranges part. */
const secondsBelow = 1e11;

function readTime(text: string): number | null {
  if (text === '') return null;
  const number = Number(text);
  if (Number.isFinite(number)) return Math.round(number < secondsBelow ? number * 1000 : number);
  return Date.parse(text);
}

const splitNames: Readonly<Record<string, Split>> = {
  training: 'train',
  val: 'dev',
  valid: 'dev',
  validation: 'dev',
  testing: 'test',
};

/** The split a word stands for; null for none, undefined for an unknown word. */
export function readSplit(text: string): Split | null | undefined {
  const word = text.toLowerCase();
  if (word === '') return null;
  return splitNames[word] ?? splitSchema.safeParse(word).data;
}
