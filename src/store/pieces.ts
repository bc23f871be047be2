import { setImmediate } from 'node:timers/promises';

/** Rows written before the engine does something else. */
const rowsAtOnce = 500;

/** Writes rows piece by piece, so that other work gets its turn in between. */
export async function writeInPieces<Row>(
  rows: Iterable<Row>,
  write: (piece: readonly Row[]) => Promise<unknown>,
): Promise<void> {
  for (const piece of pieces(rows)) {
    await write(piece);
    await setImmediate();
  }
}

function* pieces<Row>(rows: Iterable<Row>): Generator<readonly Row[]> {
  let piece: Row[] = [];
  for (const row of rows) {
    piece.push(row);
    if (piece.length < rowsAtOnce) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}
