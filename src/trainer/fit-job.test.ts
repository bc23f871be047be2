import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ProblemError } from '#base/problem.ts';
import type { FromTrainer } from '#contract/trainer.ts';
import { builtInRecipe } from '#learn/patch-recipe.ts';
import { plainAlgebra } from '#learn/plain-algebra.ts';
import { noisyImages, tinyRecipe } from '#test/support/patches.ts';
import { embedBatch } from './embed-job.ts';
import { fitJob } from './fit-job.ts';
import { openSession } from './session.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emend-fit-'));
});
afterAll(() => rm(folder, { recursive: true }));

function fit(size: number, recipe = tinyRecipe) {
  const images = noisyImages(10, size);
  const sent: FromTrainer[] = [];
  const output = join(folder, 'deep', 'built-in.onnx');
  const context = {
    send: (message: FromTrainer) => void sent.push(message),
    async *pixels() {
      const half = images.pixels.length / 2;
      yield { count: 5, pixels: images.pixels.subarray(0, half) };
      yield { count: 5, pixels: images.pixels.subarray(half) };
    },
  };
  const job = { kind: 'fit', size, count: 10, seed: 1, output } as const;
  const done = fitJob(job, context, { algebra: plainAlgebra(), recipe });
  return { done, sent, output, images };
}

test('writes a backbone that embeds, and tells its size', async () => {
  const { done, sent, output, images } = fit(8);
  await done;
  const last = sent.at(-1);
  expect(last).toEqual({ type: 'backbone', size: 8, dim: 5 });
  expect((await readFile(output)).length).toBeGreaterThan(0);
  const session = await openSession(output, { subject: 'built-in' });
  const rows = await embedBatch(session, { id: 'built-in', file: output, size: 8, dim: 5 }, images);
  expect(rows.length).toBe(50);
});

test.each([9, 6, 46])(
  'a size of %d that the built-in recipe cannot use is refused in words',
  async (size) => {
    const error: unknown = await fit(size, builtInRecipe).done.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ProblemError);
    expect((error as ProblemError).problem.reason).toContain(`${size}`);
  },
);
