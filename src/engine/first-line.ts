/** Text in pieces, of which the first line is known. */
export interface TextInPieces {
  /** Without its line break; empty when the text is nothing but white space. */
  readonly firstLine: string;
  /** The whole text, from its beginning. */
  readonly pieces: AsyncIterable<string>;
}

/** Reads pieces of text until its first line that is not empty is whole. */
export async function withFirstLine(pieces: AsyncIterable<string> | Iterable<string>): Promise<TextInPieces> {
  const rest = textOf(pieces);
  let read = '';
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
    read += next.value;
    if (/[\r\n]/.test(read.trimStart())) break;
  }
  const [firstLine = ''] = read.trimStart().split(/[\r\n]/, 1);
  return { firstLine, pieces: joined(read, rest) };
}

async function* textOf(pieces: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string> {
  yield* pieces;
}

async function* joined(read: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield read;
  yield* rest;
}

const delimiters = [',', ';', '\t'] as const;

/** What parts the columns of a table whose first line this is: comma, semicolon or tab, whichever is there most. */
export function delimiterOf(firstLine: string): string {
  const count = (mark: string): number => firstLine.split(mark).length;
  return delimiters.reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}
