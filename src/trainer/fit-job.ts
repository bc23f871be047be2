import { seededRandom } from '#base/random.ts';
import { problem, ProblemError } from '#base/problem.ts';
import type { Algebra } from '#learn/algebra.ts';
import { builtInRecipe, type PatchRecipe } from '#learn/patch-recipe.ts';
import type { SquareImages } from '#learn/patch-sample.ts';
import { fitPatchDictionary } from './fit-patch-dictionary.ts';
import type { JobContext, JobOf } from './job-context.ts';
import { writeFileAtomically } from './write-file.ts';

export interface FitTools {
  readonly algebra: Algebra;
  readonly recipe?: PatchRecipe;
}

/** Fits the built-in backbone to the images that are sent, and writes it. */
export async function fitJob(
  job: JobOf<'fit'>,
  context: JobContext,
  { algebra, recipe = builtInRecipe }: FitTools,
): Promise<void> {
  const unfit = misfitOf(job.size, recipe);
  if (unfit !== null) throw new ProblemError(problem('bad-input', 'built-in', unfit));
  const { bytes, dim } = await fitPatchDictionary(await gather(job, context), {
    algebra,
    recipe,
    random: seededRandom(job.seed),
    onProgress: (done, total) => context.send({ type: 'progress', step: 'backbone', done, total }),
  });
  await writeFileAtomically(job.output, bytes);
  context.send({ type: 'backbone', size: job.size, dim });
}

/** Why the recipe can't work at a size: filters must fit, and positions must mirror onto positions. */
function misfitOf(size: number, { side, scales }: PatchRecipe): string | null {
  const fits = scales.every(({ shrink, stride }) => {
    const room = size / shrink - side;
    return room >= 0 && Number.isInteger(room / stride);
  });
  const most = Math.max(...scales.map(({ shrink }) => shrink));
  return fits
    ? null
    : `An image size of ${size} does not fit its filters; take a multiple of ${most}, ${most * side} or more.`;
}

async function gather({ count, size }: JobOf<'fit'>, context: JobContext): Promise<SquareImages> {
  const pixels = new Uint8Array(count * size * size * 3);
  let filled = 0;
  for await (const batch of context.pixels(count)) {
    pixels.set(batch.pixels, filled);
    filled += batch.pixels.length;
    context.send({ type: 'progress', step: 'backbone', done: filled / (size * size * 3), total: count });
  }
  return { pixels, count, size };
}
