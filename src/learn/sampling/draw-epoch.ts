import { shuffle, type Random } from '#base/random.ts';

/** Units that an epoch holds in all: the same for every one that is drawn with these weights. */
export function epochLength(weights: Float64Array): number {
  return Math.round(weights.reduce((sum, weight) => sum + weight, 0));
}

/**
 * Draws the units of an epoch, shuffled, by weights that sum to a whole number. A unit of weight w is in it ⌊w⌋ or ⌈w⌉ times, and a class as often as its
 * weights sum to, within one: a comb with teeth at distance 1 is laid over the weights, class after class, the units of
 * a class in random order (systematic sampling; Madow 1949).
 */
export function drawEpoch(labels: Int32Array, weights: Float64Array, random: Random): Int32Array {
  const units = shuffle(Int32Array.from(labels.keys()), random).sort(
    (a, b) => (labels[a] as number) - (labels[b] as number),
  );
  const drawn = new Int32Array(epochLength(weights));
  const offset = random.next();
  let [at, reach] = [-1, 0];
  for (let tooth = 0; tooth < drawn.length; tooth++) {
    while (reach <= tooth + offset && at < units.length - 1)
      reach += weights[units[++at] as number] as number;
    drawn[tooth] = units[at] as number;
  }
  return shuffle(drawn, random);
}
