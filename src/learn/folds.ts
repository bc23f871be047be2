import { shuffle, type Random } from '#base/random.ts';

/**
 * Deals units into folds so that a group stays together and every fold gets its share of every class.
 * Groups are dealt in random order, those with many units first, each to the fold that then looks most like the others.
 * @param labels class of every unit, 0 … classCount − 1
 * @param groups units with the same number stay together
 * @returns the fold of every unit; `folds` is lower than asked for where there are fewer groups
 */
export function dealFolds(
  labels: Int32Array,
  groups: Int32Array,
  options: { readonly classCount: number; readonly folds: number; readonly random: Random },
): { readonly fold: Int32Array; readonly folds: number } {
  const members = groupMembers(groups);
  const folds = Math.min(options.folds, members.length);
  const held = Array.from({ length: folds }, () => new Float64Array(options.classCount));
  const sizes = new Float64Array(folds);
  const fold = new Int32Array(labels.length);
  const order = shuffle([...members], options.random).sort((a, b) => b.length - a.length);
  for (const units of order) {
    const best = bestFold(units, labels, { held, sizes });
    for (const unit of units) {
      fold[unit] = best;
      const counts = held[best] as Float64Array;
      const label = labels[unit] as number;
      counts[label] = (counts[label] as number) + 1;
    }
    sizes[best] = (sizes[best] as number) + units.length;
  }
  return { fold, folds };
}

function groupMembers(groups: Int32Array): readonly (readonly number[])[] {
  const members = new Map<number, number[]>();
  for (const [unit, group] of groups.entries()) {
    const units = members.get(group);
    if (units === undefined) members.set(group, [unit]);
    else units.push(unit);
  }
  return [...members.values()];
}

/** The fold that holds fewest of the classes in the group; of equals the smallest, then the first. */
function bestFold(
  units: readonly number[],
  labels: Int32Array,
  { held, sizes }: { held: readonly Float64Array[]; sizes: Float64Array },
): number {
  let best = 0;
  let bestCost = Infinity;
  for (const [fold, counts] of held.entries()) {
    let cost = 0;
    for (const unit of units) cost += counts[labels[unit] as number] as number;
    if (cost < bestCost || (cost === bestCost && (sizes[fold] as number) < (sizes[best] as number))) {
      best = fold;
      bestCost = cost;
    }
  }
  return best;
}
