import { must } from '#base/assert.ts';
import type { Workspace } from '../workspace.ts';
import type { RunFolder } from './run-folder.ts';

/** Which units the run's head predicted as they are labelled, when it had not seen their labels. */
export async function headRight(
  { store }: Workspace,
  { record, set }: RunFolder,
  units: Int32Array,
): Promise<Uint8Array> {
  const rows = await store.background
    .selectFrom('cache.judged')
    .select(['unit', 'class'])
    .where('model', '=', record.head)
    .execute();
  const predicted = new Map(rows.map((row) => [row.unit, row.class]));
  return Uint8Array.from(units, (unit) => {
    const label = set.classes[must(set.labels[unit], 'a unit of the set')];
    return predicted.get(must(set.units[unit], 'a unit of the set')) === label ? 1 : 0;
  });
}
