import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { headResultSchema, type FromTrainer, type HeadJob, type HeadResult } from '#contract/trainer.ts';
import { plainAlgebra } from '#learn/plain-algebra.ts';
import { syntheticUnits } from '#test/support/synthetic-units.ts';
import { applyJob } from './apply-job.ts';
import { headJob } from './head-job.ts';
import { onnxAlgebra } from './onnx-algebra.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emend-head-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const count = 300;
const units = syntheticUnits({ rows: count, cols: 8, classCount: 3, noise: 0.1, seed: 7 });
// Every fifth unit has no label, and rows of the matrix run backwards.
const labels = units.labels.map((label, i) => (i % 5 === 0 ? -1 : label));
const rows = Int32Array.from({ length: count }, (_, i) => count - 1 - i);

async function jobOf(change: Partial<HeadJob> = {}): Promise<HeadJob> {
  const matrix = join(folder, 'matrix.f32');
  const stored = new Float32Array(units.features.data.length);
  for (const [i, row] of rows.entries()) stored.set(units.features.data.subarray(i * 8, i * 8 + 8), row * 8);
  await writeFile(matrix, stored);
  return {
    ...{ kind: 'head', matrix, dim: 8, rows, labels, classCount: 3, groups: units.groups, seed: 1, folds: 5 },
    ...{ regime: 'head', loss: { kind: 'cross-entropy' }, sampling: 'natural' },
    ...{ previousLabels: null, previousPredicted: null, output: join(folder, 'head.onnx') },
    ...{ metadata: { classes: 'a,b,c' }, ...change },
  } as HeadJob;
}

async function run(job: HeadJob): Promise<{ result: HeadResult; messages: FromTrainer[] }> {
  const messages: FromTrainer[] = [];
  let now = 0;
  const tools = { algebra: onnxAlgebra(), clock: (): number => (now += 500) };
  await headJob(job, { send: (message) => messages.push(message) }, tools);
  const last = messages.at(-1);
  if (last?.type !== 'head') throw new Error('the last message holds the result');
  return { result: headResultSchema.parse(last.result), messages };
}

describe('a head job', async () => {
  test('predicts every unit, with or without a label', async () => {
    const { result } = await run(await jobOf());
    let right = 0;
    for (let i = 0; i < count; i++) {
      const row = [...result.probabilities.subarray(i * 3, i * 3 + 3)];
      expect(row.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 4);
      if (row.indexOf(Math.max(...row)) === units.truth[i]) right++;
    }
    expect(right / count).toBeGreaterThan(0.85);
    expect(result.seconds).toBe(0.5);
    expect(result.gain).toBeNull();
  });

  test('audits the labelled units by their position in the job', async () => {
    const { result } = await run(await jobOf());
    const labelled = [...labels.keys()].filter((i) => labels[i]! >= 0);
    expect([...result.audit.order].sort((a, b) => a - b)).toEqual(labelled);
    const wrong = labelled.filter((i) => labels[i] !== units.truth[i]).length;
    const worst = [...result.audit.order.subarray(0, wrong)];
    const hits = worst.filter((i) => labels[i] !== units.truth[i]).length;
    expect(hits / wrong).toBeGreaterThan(0.6);
    expect(result.support.reduce((sum, n) => sum + n, 0)).toBe(labelled.length);
    expect(result.confusion.reduce((sum, n) => sum + n, 0)).toBe(labelled.length);
  });

  test('writes a head that says the same about units without a label', async () => {
    const job = await jobOf();
    const { result } = await run(job);
    let applied = new Float32Array(0);
    await applyJob(
      {
        kind: 'apply',
        head: job.output,
        matrix: job.matrix,
        dim: 8,
        rows: rows.filter((_, i) => i % 5 === 0),
      },
      {
        send: (message) => {
          if (message.type === 'applied') applied = message.probabilities as Float32Array<ArrayBuffer>;
        },
        pixels: () => {
          throw new Error('a head needs no pixels');
        },
      },
    );
    const expected = [...labels.keys()]
      .filter((i) => i % 5 === 0)
      .flatMap((i) => [...result.probabilities.subarray(i * 3, i * 3 + 3)]);
    expect(Array.from(applied)).toEqual(expected);
  });

  test('tells steps on the way', async () => {
    const { messages } = await run(await jobOf());
    const steps = messages.flatMap((message) => (message.type === 'progress' ? [message.step] : []));
    expect([...new Set(steps)]).toEqual(['gather', 'folds', 'head', 'neighbours', 'audit', 'predict']);
  });

  test('compares with the previous model on what both judged', async () => {
    // Before, everything was predicted as class 0, half had no label yet, and every fourth label was another one.
    const previousLabels = labels.map((label, i) =>
      i % 2 === 1 || label < 0 ? -1 : i % 4 === 0 ? (label + 1) % 3 : label,
    );
    const previousPredicted = labels.map(() => 0);
    const { result } = await run(await jobOf({ previousLabels, previousPredicted }));
    const both = [...labels.keys()].filter((i) => previousLabels[i]! >= 0);
    const before = both.filter((i) => labels[i] === 0).length / both.length;
    const after =
      both.filter((i) => {
        const row = [...result.probabilities.subarray(i * 3, i * 3 + 3)];
        return row.indexOf(Math.max(...row)) === labels[i];
      }).length / both.length;
    expect(result.gain?.value).toBeCloseTo(after - before, 10);
    expect(result.gain!.low).toBeGreaterThan(0);
    expect(result.gain!.high).toBeLessThan(1);
  });

  test('repeats under its seed', async () => {
    const job = await jobOf();
    expect((await run(job)).result).toEqual((await run(job)).result);
  });

  test('gives rare classes an advantage in what it predicts and writes, and doubts labels without it', async () => {
    // Of classes 1 and 2 every ninth label is left.
    const few = labels.map((label, i) => (label > 0 && i % 9 !== 1 ? -1 : label));
    const { result: adjusted } = await run(
      await jobOf({ labels: few, loss: { kind: 'balanced-softmax', tau: 1 } }),
    );
    const { result: plain } = await run(
      await jobOf({ labels: few, loss: { kind: 'balanced-softmax', tau: 0 } }),
    );
    expect([adjusted.adjustment, plain.adjustment]).toEqual([1, 0]);
    expect(adjusted.audit).toEqual(plain.audit);
    expect(adjusted.logLoss).toBe(plain.logLoss);
    expect(adjusted.calibrationError).toBe(plain.calibrationError);
    const predicted = (of: HeadResult, i: number): number => {
      const row = [...of.probabilities.subarray(i * 3, i * 3 + 3)];
      return row.indexOf(Math.max(...row));
    };
    const labelled = [...few.keys()].filter((i) => few[i]! >= 0);
    for (const result of [adjusted, plain]) {
      const right = labelled.filter((i) => predicted(result, i) === few[i]).length;
      expect(result.accuracy.value).toBeCloseTo(right / labelled.length, 12);
    }
    const rare = [...few.keys()].filter((i) => few[i]! < 0 && units.truth[i]! > 0);
    const found = (of: HeadResult): number => rare.filter((i) => predicted(of, i) === units.truth[i]).length;
    expect(found(adjusted)).toBeGreaterThan(found(plain) + 5);
  });

  test('compares class means and a head when asked to, and tells of both', async () => {
    const { result } = await run(await jobOf({ regime: 'auto' }));
    expect(result.candidates.map(({ regime }) => regime)).toEqual(['prototype', 'head']);
    expect(result.candidates.find(({ isChosen }) => isChosen)?.regime).toBe(result.regime);
    const { result: means } = await run(await jobOf({ regime: 'prototype' }));
    expect(means).toMatchObject({ regime: 'prototype', l2: null, adjustment: 0, candidates: [] });
  });

  test.each(['over', 'hard', 'centroids', 'smote', 'ensemble'] as const)(
    'learns from %s',
    async (sampling) => {
      const { result } = await run(await jobOf({ sampling }));
      expect(result.accuracy.value).toBeGreaterThan(0.7);
    },
  );

  test('refuses one class in words', async () => {
    const job = await jobOf({ labels: labels.map((label) => Math.min(label, 0)) });
    const tools = { algebra: plainAlgebra(), clock: (): number => 0 };
    await expect(headJob(job, { send: () => undefined }, tools)).rejects.toThrow('are of one class');
  });
});
