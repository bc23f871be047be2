import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { problem, ProblemError } from '#base/problem.ts';
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
    if ((await stat(file)).size > largestFile)
      return err(problem('bad-input', file, 'The file is larger than 512 MB; split it.'));
    return await parseLabels(file, textOf(file));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (error instanceof TypeError && code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      return err(problem('bad-input', file, 'This is not UTF-8 text; save it as CSV in UTF-8.'));
    }
    const reason = code === 'ENOENT' ? 'There is no such file.' : 'It cannot be read; check its permissions.';
    return err(problem('not-found', file, reason));
  }
}

async function* textOf(file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const bytes of createReadStream(file)) yield decoder.decode(bytes as Buffer, { stream: true });
  yield decoder.decode();
}

/** Parses the text of a label file, which comes in pieces; `file` is only named in problems. */
export async function parseLabels(
  file: string,
  pieces: AsyncIterable<string> | Iterable<string>,
): Promise<Result<LabelFile>> {
  const found: { rows: LabelRow[]; bad: BadRow[] } = { rows: [], bad: [] };
  const parser = parse({
    bom: true,
    columns: (header: string[]) => columnsOf(file, header),
    delimiter: [',', ';', '\t'],
    relaxColumnCount: true,
    skipEmptyLines: true,
    trim: true,
  });
  try {
    await pipeline(pieces, parser, async (lines: AsyncIterable<Record<string, string>>) => {
      for await (const line of lines) {
        const row = readRow(line);
        if (row.ok) found.rows.push(row.value);
        else found.bad.push({ path: row.error.subject, reason: row.error.reason });
      }
    });
    return ok(found);
  } catch (error) {
    if (error instanceof ProblemError) return err(error.problem);
    if (!(error instanceof CsvError)) throw error;
    return err(problem('bad-input', file, `This is not a CSV file: ${error.message}`));
  }
}

function columnsOf(file: string, header: readonly string[]): string[] {
  const names = header.map((name) => name.trim().toLowerCase());
  const missing = ['path', 'label'].find((name) => !names.includes(name));
  if (missing === undefined) return names;
  const reason = `There is no column “${missing}”; the first line must name path and label.`;
  throw new ProblemError(problem('bad-input', file, reason));
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
