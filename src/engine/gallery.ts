import { setImmediate } from 'node:timers/promises';
import { sql, type Kysely, type RawBuilder, type SelectQueryBuilder } from 'kysely';
import { must } from '#base/assert.ts';
import type { sortKeys } from '#contract/images.ts';
import { type ImageFilter, type ImageSort } from '#contract/images.ts';
import type { ImageId } from '#core/ids.ts';
import type { Image } from '#core/records/image.ts';
import type { Database } from '#store/schema.ts';
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
 * has no value to sort by comes last. Reads the images piece by piece in the order of their paths and sorts what it
 * found: SQLite would hold the engine for the whole of a large project.
 */
export async function listImages(
  db: Kysely<Database>,
  filter: ImageFilter,
  sort: ImageSort,
): Promise<GalleryList> {
  const found: Found = { ids: [], aspects: [], keys: [] };
  for (let start: Place | null = null; ;) {
    const end = await endOfPiece(db, start);
    const query = byWords(byLabels(joined(db) as Query, filter), filter);
    await collect(between(query, start, end), { filter, sort, found });
    await setImmediate();
    if (end === null) break;
    start = end;
  }
  const list = sorted(found, sort);
  await setImmediate();
  return list;
}

/** Rows looked at before the engine does something else: some 10 ms. */
const pieceSize = 4000;

/** A place in the order of paths. */
type Place = Pick<Image, 'path' | 'id'>;

/** The last image of the piece that begins after a place; null for the last piece. */
async function endOfPiece(db: Kysely<Database>, start: Place | null): Promise<Place | null> {
  let query = db.selectFrom('image').select(['path', 'id']).orderBy('path').orderBy('id');
  if (start !== null) query = query.where(isAfter(start));
  const last = await query
    .offset(pieceSize - 1)
    .limit(1)
    .executeTakeFirst();
  return last ?? null;
}

function isAfter({ path, id }: Place): RawBuilder<boolean> {
  return sql<boolean>`(image.path, image.id) > (${path}, ${id})`;
}

function between(query: Query, start: Place | null, end: Place | null): Query {
  let kept = query;
  if (start !== null) kept = kept.where(isAfter(start));
  if (end !== null) kept = kept.where(sql<boolean>`(image.path, image.id) <= (${end.path}, ${end.id})`);
  return kept;
}

/** Images in the order of their paths, with what to sort them by; null = nothing. */
interface Found {
  readonly ids: ImageId[];
  readonly aspects: number[];
  readonly keys: (number | null)[];
}

async function collect(
  query: Query,
  { filter, sort, found }: { filter: ImageFilter; sort: ImageSort; found: Found },
): Promise<void> {
  const text = isPlain(filter.text) ? '' : folded(filter.text);
  const rows = await query
    .select(['image.id', sql<number>`image.width * 1.0 / image.height`.as('aspect')])
    .select(sql<number | null>`${sortColumns[sort.by]}`.as('key'))
    .select(text === '' ? sql<string>`''`.as('path') : 'image.path')
    .orderBy('image.path')
    .orderBy('image.id')
    .execute();
  for (const { id, aspect, key, path } of rows) {
    if (text !== '' && !folded(path).includes(text)) continue;
    found.ids.push(id);
    found.aspects.push(aspect);
    found.keys.push(key);
  }
}

function sorted({ ids, aspects, keys }: Found, { by, descending }: ImageSort): GalleryList {
  if (by === 'path')
    return descending ? { ids: ids.reverse(), aspects: aspects.reverse() } : { ids, aspects };
  const last = Number.MAX_VALUE;
  const ranks = Float64Array.from(keys, (key) => (key === null ? last : descending ? -key : key));
  const order = Uint32Array.from(ids.keys()).sort(
    (a, b) => (ranks[a] as number) - (ranks[b] as number) || a - b,
  );
  return {
    ids: Array.from(order, (at) => must(ids[at], 'positions are of images')),
    aspects: Array.from(order, (at) => aspects[at] ?? 1),
  };
}

/** The number that each sort key orders by; suspicion and uncertainty are highest first when descending. */
const sortColumns = {
  path: sql`NULL`,
  added: sql`image.addedAt`,
  labelled: sql`given.time`,
  class: sql`(SELECT position FROM class WHERE class.id = given.class)`,
  predicted: sql`(SELECT position FROM class WHERE class.id = prediction.class)`,
  suspicion: sql`1 - suspect.score`,
  uncertainty: sql`1 - prediction.confidence`,
} satisfies Record<(typeof sortKeys)[number], unknown>;

// The plus signs keep SQLite from starting at an index of classes, which it would go through for every piece.
function byLabels(query: Query, filter: ImageFilter): Query {
  let kept = query;
  if (filter.classes.length > 0) kept = kept.where(sql`+given.class`, 'in', filter.classes);
  if (filter.predicted.length > 0) kept = kept.where(sql`+prediction.class`, 'in', filter.predicted);
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
export async function countFacets(db: Kysely<Database>): Promise<Facets> {
  const count = async (
    table: ReturnType<typeof sql.table>,
    column: string,
  ): Promise<Record<string, number>> => {
    const { rows } = await sql<{ value: string; count: number }>`
      SELECT ${sql.ref(column)} AS value, count(*) AS count FROM ${table}
      WHERE ${sql.ref(column)} IS NOT NULL GROUP BY 1`.execute(db);
    await setImmediate();
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
