import { z } from 'zod';
import { recordKinds, recordSchemas, type RecordKind, type RecordOf } from './records/records.ts';

/** One record before and after an action: created when `before` is null, removed when `after` is. */
export interface ChangeOf<K extends RecordKind> {
  readonly kind: K;
  readonly before: RecordOf<K> | null;
  readonly after: RecordOf<K> | null;
}
export type Change = { [K in RecordKind]: ChangeOf<K> }[RecordKind];

/** Validates a change read from a journal. */
export const changeSchema = z.discriminatedUnion(
  'kind',
  recordKinds.map((kind) => {
    const record = recordSchemas[kind].nullable();
    return z.object({ kind: z.literal(kind), before: record, after: record });
  }) as never,
) as unknown as z.ZodType<Change>;

/** The changes that take back the given ones. `invert(invert(x))` equals `x`. */
export function invert(changes: readonly Change[]): Change[] {
  return changes
    .map((change) => ({ ...change, before: change.after, after: change.before }) as Change)
    .reverse();
}

/** The id of the record that a change is about. */
export function changedId(change: Change): string {
  const record = change.after ?? change.before;
  return record === null ? '' : record.id;
}

/** A change that creates a record. */
export function created<K extends RecordKind>(kind: K, after: RecordOf<K>): Change {
  return { kind, before: null, after } as unknown as Change;
}

/** A change that removes a record. */
export function removed<K extends RecordKind>(kind: K, before: RecordOf<K>): Change {
  return { kind, before, after: null } as unknown as Change;
}

/** A change from one state of a record to another. */
export function updated<K extends RecordKind>(kind: K, before: RecordOf<K>, after: RecordOf<K>): Change {
  return { kind, before, after } as unknown as Change;
}
