import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { problem, ProblemError, type Problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import { splitSchema, type Split } from '#core/records/image.ts';
import { storageProblem } from '#store/storage-problem.ts';
import { delimiterOf, withFirstLine } from './first-line.ts';

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
    const known = readingProblem(error as NodeJS.ErrnoException, file);
    if (known === null) throw error;
    return err(known);
  }
}

const unreadable: Readonly<Record<string, readonly [Problem['code'], string]>> = {
  ERR_ENCODING_INVALID_ENCODED_DATA: ['bad-input', 'This is not UTF-8 text; save it as CSV in UTF-8.'],
  ENOENT: ['not-found', 'There is no such file; check its name.'],
  EISDIR: ['bad-input', 'This is a folder; choose a CSV file in it.'],
  EACCES: ['bad-input', 'The file may not be read; change its permissions.'],
};

function readingProblem(error: NodeJS.ErrnoException, file: string): Problem | null {
  const known = unreadable[String(error.code)];
  return known === undefined ? storageProblem(error, file) : problem(known[0], file, known[1]);
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
  const text = await withFirstLine(pieces);
  if (text.firstLine === '')
    return err(problem('bad-input', file, 'The file is empty; its first line must name path and label.'));
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(text.firstLine),
    info: true,
    relaxColumnCount: true,
    skipEmptyLines: true,
    trim: true,
  });
  try {
    const found = new Reading(file);
    await pipeline(text.pieces, parser, async (lines: AsyncIterable<Line>) => {
      for await (const line of lines) found.take(line);
    });
    return ok({ rows: found.rows, bad: found.bad });
  } catch (error) {
    if (error instanceof ProblemError) return err(error.problem);
    if (!(error instanceof CsvError)) throw error;
    return err(problem('bad-input', file, `This is not a CSV file: ${error.message}; mend it there.`));
  }
}

/** A line as the parser gives it. */
interface Line {
  readonly record: readonly string[];
  /** `lines` counts from 1, line breaks in quotes included. */
  readonly info: { readonly lines: number };
}

/** What was read so far; the first line names the columns. */
class Reading implements LabelFile {
  readonly rows: LabelRow[] = [];
  readonly bad: BadRow[] = [];
  readonly #file: string;
  #columns: readonly string[] | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  take({ record, info }: Line): void {
    if (this.#columns === null) {
      this.#columns = columnsOf(this.#file, record);
      return;
    }
    const row = readLine(this.#columns, record, info.lines);
    if (row.ok) this.rows.push(row.value);
    else this.bad.push({ path: row.error.subject, reason: row.error.reason });
  }
}

function columnsOf(file: string, header: readonly string[]): string[] {
  const names = header.map((name) => name.trim().toLowerCase());
  const missing = ['path', 'label'].find((name) => !names.includes(name));
  if (missing === undefined) return names;
  const reason = `There is no column “${missing}”; the first line must name path and label.`;
  throw new ProblemError(problem('bad-input', file, reason));
}

/** A line with fewer or more fields than columns may have them in the wrong places, so it is not used. */
function readLine(columns: readonly string[], fields: readonly string[], number: number): Result<LabelRow> {
  const line = Object.fromEntries(columns.map((name, i) => [name, fields[i] ?? '']));
  const path = (line['path'] ?? '').replaceAll('\\', '/').replace(/^\.\//, '');
  const isLonger = fields.slice(columns.length).some((field) => field !== '');
  if (fields.length >= columns.length && !isLonger) return readRow(path, line, number);
  const reason = `Line ${number} has ${fields.length} fields, but the first line names ${columns.length}; mend it.`;
  return err(problem('bad-input', path || '(no path)', reason));
}

function readRow(path: string, line: Readonly<Record<string, string>>, number: number): Result<LabelRow> {
  const bad = (reason: string): Result<never> => err(problem('bad-input', path || '(no path)', reason));
  if (path === '') return bad(`Line ${number} has no path; add it.`);
  const time = readTime(line['time'] ?? '');
  if (Number.isNaN(time)) return bad(`“${line['time']}” in line ${number} is not a time; use ISO 8601.`);
  const split = readSplit(line['split'] ?? '');
  if (split === undefined)
    return bad(`“${line['split']}” in line ${number} is no split; use train, train-dev, dev or test.`);
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
