import { stringify } from 'csv-stringify/sync';
import { ok, type Result } from '#base/result.ts';
import { attemptWrite } from './attempt-write.ts';
import { inChunks } from './chunks.ts';
import type { Workspace } from './workspace.ts';

const columns = [
  'path',
  'label',
  'annotator',
  'time',
  'group',
  'split',
  'predicted',
  'confidence',
  'score',
] as const;

/**
 * Writes every image with its current label and prediction as CSV, sorted by source and path. The first six columns
 * are those of a label file, so that the export can be added again.
 */
export async function exportCsv(
  workspace: Workspace,
  file: string,
): Promise<Result<{ rows: number; file: string }>> {
  const rows = await workspace.store.background
    .selectFrom('image')
    .leftJoin('current_label as given', 'given.unit', 'image.id')
    .leftJoin('class', 'class.id', 'given.class')
    .leftJoin('annotator', 'annotator.id', 'given.annotator')
    .leftJoin('cache.prediction as prediction', 'prediction.unit', 'image.id')
    .leftJoin('class as likely', 'likely.id', 'prediction.class')
    .leftJoin('cache.suspect as suspect', (join) =>
      join.onRef('suspect.unit', '=', 'image.id').onRef('suspect.given', '=', 'given.class'),
    )
    .select(['image.path', 'class.name as label', 'annotator.name as annotator', 'given.time'])
    .select(['image.groupId as group', 'image.split', 'likely.name as predicted'])
    .select(['prediction.confidence', 'suspect.score'])
    .orderBy('image.source')
    .orderBy('image.path')
    .execute();
  const lines = await inChunks(rows, (chunk) => {
    const piece = chunk.map((row) => ({ ...row, time: isoTime(row.time) }));
    return [stringify(piece, { columns: [...columns] })];
  });
  const written = await attemptWrite(file, stringify([[...columns]]) + lines.join(''));
  return written.ok ? ok({ rows: rows.length, file: written.value }) : written;
}

function isoTime(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
