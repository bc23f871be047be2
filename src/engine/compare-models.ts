import { sql } from 'kysely';
import { seededRandom } from '#base/random.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { Comparison } from '#contract/model.ts';
import type { ClassId, ImageId } from '#core/ids.ts';
import { bootstrapMean } from '#learn/intervals.ts';
import { ModelRegistry, noModel } from './model-registry.ts';
import type { Workspace } from './workspace.ts';

const mostFlips = 200;

interface Pair {
  readonly image: ImageId;
  readonly given: ClassId;
  readonly first: ClassId;
  readonly second: ClassId;
  readonly confidence: number;
}

/** Compares two models on the labels that both judged without having learned from them. */
export async function compareModels(
  { store }: Workspace,
  { first, second }: Pick<Comparison, 'first' | 'second'>,
): Promise<Result<Comparison>> {
  const registry = new ModelRegistry(store.folder);
  for (const id of [first, second]) {
    if ((await registry.find(id)) === null) return err(noModel(id));
  }
  const pairs = await judgedByBoth(store, { first, second });
  const gains = Int8Array.from(pairs, (pair) => gainOf(pair));
  return ok({
    ...{ first, second, units: pairs.length },
    difference: pairs.length === 0 ? null : bootstrapMean(gains, seededRandom(1)),
    fixed: gains.filter((gain) => gain > 0).length,
    broken: gains.filter((gain) => gain < 0).length,
    perClass: byClass(pairs),
    flips: pairs.filter((pair) => pair.first !== pair.second).slice(0, mostFlips),
  });
}

/** The units that both judged and that still have a label, those first of which the second is surest. */
function judgedByBoth(
  store: Workspace['store'],
  { first, second }: Pick<Comparison, 'first' | 'second'>,
): Promise<Pair[]> {
  return store.background
    .selectFrom('cache.judged as one')
    .innerJoin('cache.judged as other', (join) =>
      join.onRef('other.unit', '=', 'one.unit').on('other.model', '=', second),
    )
    .innerJoin('current_label as given', 'given.unit', 'one.unit')
    .select(sql<ImageId>`one.unit`.as('image'))
    .select(['given.class as given', 'one.class as first', 'other.class as second'])
    .select('other.confidence')
    .where('one.model', '=', first)
    .orderBy('other.confidence', 'desc')
    .execute();
}

function gainOf({ given, first, second }: Pair): number {
  return Number(second === given) - Number(first === given);
}

function byClass(pairs: readonly Pair[]): Comparison['perClass'] {
  const counts = new Map<ClassId, { support: number; first: number; second: number }>();
  for (const { given, first, second } of pairs) {
    const count = counts.get(given) ?? { support: 0, first: 0, second: 0 };
    count.support++;
    count.first += Number(first === given);
    count.second += Number(second === given);
    counts.set(given, count);
  }
  return Array.from(counts, ([id, { support, first, second }]) => ({
    ...{ class: id, support },
    ...{ first: first / support, second: second / support },
  }));
}
