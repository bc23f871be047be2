/** What a training lacks. */
export type Readiness = 'no-images' | 'too-few-labels' | 'ready';

/** A class with fewer labels cannot be judged by a model that left one of them out. */
const leastLabels = 2;

/** Whether there is enough to learn from: two classes that have two labels or more. */
export function readiness(images: number, classes: readonly { readonly units: number }[]): Readiness {
  if (images === 0) return 'no-images';
  return classes.filter(({ units }) => units >= leastLabels).length >= 2 ? 'ready' : 'too-few-labels';
}
