import { type Random, seededRandom } from '#base/random.ts';

/**
 * The random numbers of one image: they depend on the seed of the run and on how many images came before it, so that
 * a resumed run, in whatever threads, sees the same variants.
 */
export function imageRandom(seed: number, ordinal: number): Random {
  let mixed = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ ordinal;
  // Neighbouring numbers must not give related streams (Wellons' lowbias32).
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return seededRandom(mixed ^ (mixed >>> 16));
}
