import { sql, type Kysely, type SelectQueryBuilder } from 'kysely';
import type { ImageFilter, ImageSort } from '#contract/images.ts';
import type { ImageId } from '#core/ids.ts';
import type { ProjectStore } from '#store/project-store.ts';
import type { Database } from '#store/schema.ts';
import { inChunks } from './chunks.ts';
import { isOpenSuspect } from './open-suspects.ts';

/** The images a person asked for, in order, with what a justified grid needs to lay them out. */
export interface GalleryList {
  readonly ids: ImageId[];
  /** Width ÷ height, at the same positions. */
  readonly aspects: number[];
}

/** Every image with its current label, prediction, suspicion and verdict. */
function joined(db: Kysely<Database>) {
  return db
    .selectFrom('image')
    .leftJoin('current_label as given', 'given.unit', 'image.id')
    .leftJoin('cache.prediction as prediction', 'prediction.unit', 'image.id')
    .leftJoin('cache.suspect as suspect', (join) =>
      join.onRef('suspect.unit', '=', 'image.id').onRef('suspect.given', '=', 'given.class'),
    )
    .leftJoin('verdict', 'verdict.id', 'image.id');
}

type Joined =
  ReturnType<typeof joined> extends SelectQueryBuilder<infer D, infer T, unknown> ? [D, T] : never;
type Query = SelectQueryBuilder<Joined[0], Joined[1], object>;

/**
 * Lists the images that pass a filter, sorted; ties are broken by path, so that the order is always the same, and what
 * has no value to sort by comes last.
 */
export async function listImages(
  { background }: ProjectStore,
  filter: ImageFilter,
  sort: ImageSort,
): Promise<GalleryList> {
  const text = isPlain(filter.text) ? '' : folded(filter.text);
  const passing = byWords(byLabels(joined(background) as Query, filter), filter);
  const rows = await inOrder(passing, sort)
    .select(['image.id', sql<number>`image.width * 1.0 / image.height`.as('aspect')])
    .select(text === '' ? sql<string>`''`.as('path') : 'image.path')
    .execute();
  const found =
    text === ''
      ? rows
      : await inChunks(rows, (chunk) => chunk.filter(({ path }) => folded(path).includes(text)));
  return { ids: found.map(({ id }) => id), aspects: found.map(({ aspect }) => aspect) };
}

function inOrder(query: Query, { by, descending }: ImageSort): Query {
  const direction = descending ? 'desc' : 'asc';
  if (by === 'path') return query.orderBy('image.path', direction).orderBy('image.id', direction);
  return query
    .orderBy(sql`${sortColumns[by]} ${sql.raw(direction)} NULLS LAST`)
    .orderBy('image.path')
    .orderBy('image.id');
}

/** The number that each sort key orders by; suspicion and uncertainty are highest first when descending. */
const sortColumns = {
  added: sql`image.addedAt`,
  labelled: sql`given.time`,
  class: sql`(SELECT position FROM class WHERE class.id = given.class)`,
  predicted: sql`(SELECT position FROM class WHERE class.id = prediction.class)`,
  suspicion: sql`1 - suspect.score`,
  uncertainty: sql`1 - prediction.confidence`,
} satisfies Record<Exclude<ImageSort['by'], 'path'>, unknown>;

function byLabels(query: Query, filter: ImageFilter): Query {
  let kept = query;
  if (filter.classes.length > 0) kept = kept.where('given.class', 'in', filter.classes);
  if (filter.predicted.length > 0) kept = kept.where('prediction.class', 'in', filter.predicted);
  if (filter.annotators.length > 0) kept = kept.where('given.annotator', 'in', filter.annotators);
  if (filter.labelled !== null) kept = kept.where('given.unit', filter.labelled ? 'is not' : 'is', null);
  if (filter.disagreeing) kept = kept.whereRef('given.class', '!=', 'prediction.class');
  if (filter.suspicion !== null) {
    kept = kept.where(sql<boolean>`suspect.wrong >= ${filter.suspicion} AND ${isOpenSuspect}`);
  }
  return kept;
}

function byWords(query: Query, filter: ImageFilter): Query {
  let kept = query;
  if (filter.sources.length > 0) kept = kept.where('image.source', 'in', filter.sources);
  if (filter.splits.length > 0) kept = kept.where('image.split', 'in', filter.splits);
  if (filter.text !== '' && isPlain(filter.text))
    kept = kept.where(sql<boolean>`instr(lower(image.path), lower(${filter.text})) > 0`);
  return kept;
}

/** Whether SQLite, which knows the case of plain letters only, can look for this text. */
function isPlain(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

/** Text without regard to case, and to how a file system composes its letters: macOS takes syllables apart. */
function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** How many images there are per value, to fill the filter menus. */
export interface Facets {
  readonly classes: Record<string, number>;
  readonly predicted: Record<string, number>;
  readonly annotators: Record<string, number>;
  readonly sources: Record<string, number>;
  readonly splits: Record<string, number>;
  readonly unlabelled: number;
}

/** Counts images per value of every filter. */
export async function countFacets({ background: db }: ProjectStore): Promise<Facets> {
  const count = async (
    table: ReturnType<typeof sql.table>,
    column: string,
  ): Promise<Record<string, number>> => {
    const { rows } = await sql<{ value: string; count: number }>`
      SELECT ${sql.ref(column)} AS value, count(*) AS count FROM ${table}
      WHERE ${sql.ref(column)} IS NOT NULL GROUP BY 1`.execute(db);
    return Object.fromEntries(rows.map((row) => [row.value, row.count]));
  };
  const unlabelled = await db
    .selectFrom('image')
    .leftJoin('current_label as given', 'given.unit', 'image.id')
    .where('given.unit', 'is', null)
    .select(sql<number>`count(*)`.as('count'))
    .executeTakeFirstOrThrow();
  return {
    classes: await count(sql.table('current_label'), 'class'),
    predicted: await count(sql.table('cache.prediction'), 'class'),
    annotators: await count(sql.table('current_label'), 'annotator'),
    sources: await count(sql.table('image'), 'source'),
    splits: await count(sql.table('image'), 'split'),
    unlabelled: unlabelled.count,
  };
}
