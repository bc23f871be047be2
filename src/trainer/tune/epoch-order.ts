import { seededRandom, shuffle } from '#base/random.ts';

/** Units of one epoch in the order in which they are seen: each once, shuffled anew in every epoch. */
export function epochOrder(units: Int32Array, { seed, epoch }: { seed: number; epoch: number }): Int32Array {
  return shuffle(units.slice(), seededRandom(seed * 100_003 + epoch));
}
