import { must } from '#base/assert.ts';
import { recordKinds, recordSchemas, type RecordKind } from '#core/records/records.ts';

const columns: ReadonlyMap<RecordKind, readonly string[]> = new Map(
  recordKinds.map((kind) => [kind, Object.keys(recordSchemas[kind].shape)]),
);

/** Columns of a record's table: the fields of its schema, in their order. */
export function recordColumns(kind: RecordKind): readonly string[] {
  return must(columns.get(kind), 'every kind has its table');
}
