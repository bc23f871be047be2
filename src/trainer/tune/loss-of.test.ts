import { expect, test } from 'vitest';
import { colourJob, colourTree, type ColourImages } from '#test/support/colour-job.ts';
import { must } from '#base/assert.ts';
import { ProblemError } from '#base/problem.ts';
import { seededRandom } from '#base/random.ts';
import type { FromTrainer } from '#contract/trainer.ts';
import { lossSchema, type LossChoice } from '#contract/training.ts';
import type { JobOf } from '../job-context.ts';
import { countLabels, lossOf } from './loss-of.ts';
import { tuneJob } from './tune-job.ts';

const even = Array.from({ length: 96 }, (_, image) => image % 4);

const choices: readonly LossChoice[] = [
  { kind: 'cross-entropy' },
  { kind: 'class-weights', beta: 0.99 },
  { kind: 'balanced-softmax', tau: 1 },
  { kind: 'focal', gamma: 2 },
  { kind: 'binary' },
  { kind: 'hierarchical', share: 0.5 },
  { kind: 'soft-labels', beta: 8 },
  { kind: 'triplet', weight: 0.5, margin: 0.3 },
  { kind: 'supervised-contrastive', weight: 0.5, temperature: 0.1 },
];

/** Share of the images of each class that a job predicts right in the end. */
async function recalls(job: JobOf<'tune'>): Promise<readonly number[]> {
  const messages: FromTrainer[] = [];
  await tuneJob(job, { send: (message) => void messages.push(message) }, { clock: () => 0 });
  const tuned = must(
    messages.find((message) => message.type === 'tuned'),
    'a result',
  );
  const { classCount, labels } = job;
  const right = labels.map((label, row) => {
    const logits = tuned.result.logits.subarray(row * classCount, (row + 1) * classCount);
    return Number(logits.indexOf(Math.max(...logits)) === label);
  });
  return Array.from({ length: classCount }, (_, k) => {
    const of = right.filter((_, row) => labels[row] === k);
    return of.reduce((sum, one) => sum + one, 0) / of.length;
  });
}

test.each(choices)('a network learns by $kind', async (loss) => {
  const job = await colourJob(loss, { labels: even });
  const found = await recalls({ ...job, parents: colourTree });
  expect(Math.min(...found)).toBeGreaterThan(0.9);
});

test('every choice is tried', () => {
  const kinds = lossSchema.options.map(({ shape }) => shape.kind.value);
  expect(choices.map(({ kind }) => kind)).toEqual(kinds);
});

/** One image in twelve is of the first class; its colour is often mistaken for that of the others. */
function rare(): ColourImages {
  const random = seededRandom(3);
  const shades = Array.from({ length: 144 * 3 }, () => 25 * random.normal());
  return {
    labels: Array.from({ length: 144 }, (_, image) => (image % 12 === 0 ? 0 : 1)),
    tint: (image, channel) => Math.max(-55, Math.min(55, must(shades[3 * image + channel], 'a shade'))),
  };
}

test.each<LossChoice>([
  { kind: 'class-weights', beta: 1 },
  { kind: 'balanced-softmax', tau: 1 },
])('$kind finds more of a rare class than cross-entropy', async (loss) => {
  const [plain = NaN] = await recalls(await colourJob({ kind: 'cross-entropy' }, rare()));
  const [found = NaN] = await recalls(await colourJob(loss, rare()));
  expect(found).toBeGreaterThan(plain + 0.2);
});

test('only labels that are trained on are counted', () => {
  const job = { labels: Int32Array.of(2, 0, -1, 2, 1), train: Int32Array.of(0, 2, 3, 1), classCount: 4 };
  expect(countLabels(job)).toEqual([1, 0, 2, 0]);
});

test.each<LossChoice>([
  { kind: 'hierarchical', share: 0.5 },
  { kind: 'soft-labels', beta: 8 },
])('$kind asks for classes that are grouped', (loss) => {
  const counts = [5, 5, 5];
  expect(() => lossOf(loss, { counts, parents: null })).toThrow(ProblemError);
  expect(() => lossOf(loss, { counts, parents: Int32Array.of(3, 3, 3, -1) })).toThrow('not grouped');
});
