import { readFile } from 'node:fs/promises';
import { Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { colourJob } from '#test/support/colour-job.ts';
import { must } from '#base/assert.ts';
import type { JobOf } from '../job-context.ts';
import { openSession } from '../session.ts';
import { domainTermOf } from './domain-term-of.ts';
import { tuneJob } from './tune-job.ts';

const count = 96;

/** Every other image is of the second domain, which varies in blue and has no labels. */
async function jobOf(kind: 'coral' | 'reversal' | null): Promise<JobOf<'tune'>> {
  const labels = Array.from({ length: count }, (_, image) => Math.floor(image / 2) % 2);
  const job = await colourJob(
    { kind: 'cross-entropy' },
    { labels, tint: (image, channel) => (channel === 2 ? (image % 2) * 24 * (image % 5) : 0) },
  );
  const known = job.labels.map((label, image) => (image % 2 === 0 ? label : -1));
  const of = job.labels.map((_, image) => image % 2);
  const held = job.held.filter((image) => image % 2 === 0);
  const domains = kind === null ? null : { kind, weight: kind === 'coral' ? 10 : 1, of };
  const settings = { ...job.settings, epochs: 60, rate: 0.03 };
  return { ...job, labels: known, held, domains, settings };
}

interface Outcome {
  /** Embeddings of both domains. */
  readonly embeddings: readonly [number[][], number[][]];
  readonly accuracy: number;
}

async function outcomeOf(job: JobOf<'tune'>): Promise<Outcome> {
  let accuracy = 0;
  await tuneJob(
    job,
    { send: (message) => (accuracy = message.type === 'epoch' ? message.measure.accuracy : accuracy) },
    { clock: () => 0 },
  );
  const session = await openSession(must(job.output, 'an output').backbone, { subject: 'test' });
  const { size, dim } = job.backbone;
  const pixels = new Tensor('uint8', await readFile(job.pixels), [count, size, size, 3]);
  const { embedding } = await session.run({ [must(session.inputNames[0], 'an input')]: pixels });
  const values = must(embedding, 'embeddings').data as Float32Array;
  const rows = Array.from({ length: count }, (_, i) => [...values.subarray(i * dim, (i + 1) * dim)]);
  return {
    embeddings: [rows.filter((_, i) => i % 2 === 0), rows.filter((_, i) => i % 2 === 1)],
    accuracy,
  };
}

function means(rows: readonly (readonly number[])[]): number[] {
  const [first = []] = rows;
  return first.map((_, k) => rows.reduce((sum, row) => sum + must(row[k], 'a number'), 0) / rows.length);
}

/** Spread of each feature. */
function variances(rows: readonly (readonly number[])[]): number[] {
  const centre = means(rows);
  return means(rows.map((row) => row.map((x, k) => (x - must(centre[k], 'a mean')) ** 2)));
}

/** How different two lists are, relative to their size. */
function difference(a: readonly number[], b: readonly number[]): number {
  const length = (list: readonly number[]): number => Math.hypot(...list);
  return length(a.map((x, k) => x - must(b[k], 'a number'))) / (length(a) + length(b));
}

test('coral makes the covariances of two domains alike, and the first is still told apart', async () => {
  const [plain, found] = [await outcomeOf(await jobOf(null)), await outcomeOf(await jobOf('coral'))];
  const gap = ({ embeddings: [a, b] }: Outcome): number => difference(variances(a), variances(b));
  expect(gap(found)).toBeLessThan(0.5 * gap(plain));
  expect(found.accuracy).toBeGreaterThan(0.9);
});

test('reversal brings two domains to one place, and the first is still told apart', async () => {
  const [plain, found] = [await outcomeOf(await jobOf(null)), await outcomeOf(await jobOf('reversal'))];
  const gap = ({ embeddings: [a, b] }: Outcome): number => difference(means(a), means(b));
  expect(gap(found)).toBeLessThan(0.5 * gap(plain));
  expect(found.accuracy).toBeGreaterThan(0.9);
});

test('a job without domains has no term', () => {
  expect(domainTermOf(null, 4)).toBeNull();
});
