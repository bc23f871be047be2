import { recordSchemas, type RecordKind } from '#core/records/records.ts';

/** Columns of a record's table: the fields of its schema, in their order. */
export function recordColumns(kind: RecordKind): readonly string[] {
  return columns[kind];
}

const columns: Readonly<Record<RecordKind, readonly string[]>> = {
  annotator: Object.keys(recordSchemas.annotator.shape),
  source: Object.keys(recordSchemas.source.shape),
  class: Object.keys(recordSchemas.class.shape),
  image: Object.keys(recordSchemas.image.shape),
  label: Object.keys(recordSchemas.label.shape),
  verdict: Object.keys(recordSchemas.verdict.shape),
};
