import type { ColumnType } from 'kysely';
import type { AnnotatorId, ClassId, UnitId } from '#core/ids.ts';
import type { ActionName } from '#core/journal.ts';
import type { RecordKind, RecordOf } from '#core/records/records.ts';

/** A table that only a commit writes: queries read it, and SQLite refuses everything else on their connection. */
type Committed<Row> = { readonly [Column in keyof Row]: ColumnType<Row[Column], never, never> };

/** A journal row as it lies in the table. */
export interface JournalRow {
  readonly seq: number;
  /** `annotator:counter`. */
  readonly id: string;
  readonly time: number;
  readonly annotator: AnnotatorId;
  readonly session: string;
  readonly action: ActionName;
  /** Canonical JSON of an object. */
  readonly detail: string;
  readonly batch: string;
  readonly target: string | null;
  readonly previousHash: string;
  readonly hash: string;
  /** Length of `changes`, so that the time line need not read them. */
  readonly changeCount: number;
  /** Canonical JSON of a list of changes. */
  readonly changes: string;
}

/** The newest of a unit's labels; of several from the same millisecond the one by the greatest annotator id. */
export interface CurrentLabelRow {
  readonly unit: UnitId;
  readonly class: ClassId;
  readonly annotator: AnnotatorId;
  readonly time: number;
}

/** A small named text: the project's `id`, `name`, `createdAt`, or what the caches belong to. */
export interface MetaRow {
  readonly key: string;
  readonly value: string;
}

export interface ThumbnailTable {
  /** SHA-256 of the image file, in hexadecimal. */
  hash: string;
  /** Media type, for example `image/webp`. */
  type: string;
  bytes: Uint8Array;
}

export interface PredictionTable {
  unit: UnitId;
  class: ClassId;
  confidence: number;
  /** Float32, little-endian, in the order of the model's classes. */
  probabilities: Uint8Array;
}

/** What a model made of a labelled unit that it had not learned from. */
export interface JudgedTable extends PredictionTable {
  model: string;
  /** Its label at that time. */
  given: ClassId;
}

export interface SuspectTable {
  unit: UnitId;
  given: ClassId;
  suggested: ClassId;
  /** 0–1, low = suspect. */
  score: number;
  /** 1 = most suspect. */
  rank: number;
  /** Estimated probability that the label is wrong. */
  wrong: number;
  /** JSON list of reasons. */
  reasons: string;
}

type RecordTables = { readonly [Kind in RecordKind]: Committed<RecordOf<Kind>> };

/** All tables, for Kysely: the project's are read-only, the caches are not. */
export interface Database extends RecordTables {
  readonly journal: Committed<JournalRow>;
  readonly current_label: Committed<CurrentLabelRow>;
  readonly meta: Committed<MetaRow>;
  readonly 'cache.thumbnail': ThumbnailTable;
  readonly 'cache.prediction': PredictionTable;
  readonly 'cache.suspect': SuspectTable;
  readonly 'cache.judged': JudgedTable;
  /** Filled beside the ones that are read. */
  readonly 'cache.prediction_next': PredictionTable;
  readonly 'cache.suspect_next': SuspectTable;
  readonly 'cache.meta': { key: string; value: string };
}
