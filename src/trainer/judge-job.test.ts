import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { judgementSchema, type FromTrainer, type Judgement } from '#contract/trainer.ts';
import { seededRandom } from '#base/random.ts';
import { judgeJob } from './judge-job.ts';
import { onnxAlgebra } from './onnx-algebra.ts';

const dim = 2;

/** Two classes that overlap, and logits that know where they lie and how frequent they are. */
async function judged(counts: readonly [number, number]): Promise<Judgement> {
  const folder = await mkdtemp(join(tmpdir(), 'emend-judge-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const random = seededRandom(4);
  const labels = Int32Array.from({ length: counts[0] + counts[1] }, (_, i) => (i < counts[0] ? 0 : 1));
  const places = [...labels].map((label) => label * 2 + random.normal());
  const matrix = join(folder, 'matrix.f32');
  await writeFile(matrix, Float32Array.from(places.flatMap((place) => [place, 1])));
  const prior = Math.log(counts[1] / counts[0]);
  const logits = Float32Array.from(places.flatMap((place) => [0, 2 * place - 2 + prior]));
  const rows = Int32Array.from(labels.keys());
  const messages: FromTrainer[] = [];
  await judgeJob(
    { kind: 'judge', matrix, dim, rows, labels, groups: rows, classCount: 2, logits, seed: 1 },
    { send: (message) => messages.push(message) },
    { algebra: onnxAlgebra(), clock: () => 0 },
  );
  const last = messages.at(-1);
  if (last?.type !== 'judged') throw new Error('the last message holds the result');
  return judgementSchema.parse(last.result);
}

test('a network gives rare classes the advantage that makes balanced accuracy best, and says so', async () => {
  const { adjustment, recall, probabilities, confusion } = await judged([400, 20]);
  expect(adjustment).toBeGreaterThan(0);
  expect(recall[1]?.value).toBeGreaterThan(0.7);
  const rare = [...probabilities.keys()].filter((at) => at % 2 === 1 && (probabilities[at] ?? 0) > 0.5);
  expect(rare).toHaveLength((confusion[1] ?? 0) + (confusion[3] ?? 0));
});

test('a network of balanced classes predicts as it is', async () => {
  const { adjustment, accuracy } = await judged([200, 200]);
  expect(adjustment).toBe(0);
  expect(accuracy.value).toBeGreaterThan(0.8);
});
