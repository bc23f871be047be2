import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { must } from '#base/assert.ts';
import { ModelBuilder } from '#graph/builder.ts';
import { writeModel } from '#graph/write-model.ts';
import { syntheticUnits, type SyntheticUnits } from '#test/support/synthetic-units.ts';
import { headJob } from '#trainer/head-job.ts';
import { onnxAlgebra } from '#trainer/onnx-algebra.ts';
import { figure, type Row } from './row.ts';

const size = { rows: 10_000, cols: 512, classCount: 10 };

/** Steps of a head job until the head is written; the rest is the audit. */
const headSteps: readonly string[] = ['read', 'folds', 'fit'];

/**
 * How long a head takes on 10,000 × 512 of 10 classes (5 folds, choice of L2, head) and its audit, also as multiples
 * of one product of the embeddings with a 512 × 512 matrix by onnxruntime in the same run.
 */
export async function benchHead(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'emend-bench-'));
  try {
    const units = syntheticUnits({ ...size, noise: 0.1, seed: 1, spread: 2.5 });
    const baseline = await productSeconds(units);
    const seconds = await jobSeconds(units, folder);
    const sum = (chosen: (step: string) => boolean): number =>
      [...seconds].reduce((total, [step, one]) => total + (chosen(step) ? one : 0), 0);
    const trained = sum((step) => headSteps.includes(step));
    const audited = sum((step) => !headSteps.includes(step));
    const product = `one product of 10,000 × 512 with 512 × 512 (${(baseline * 1000).toFixed(0)} ms)`;
    const beside = (one: number): string => `${(one / baseline).toFixed(0)} × ${product}`;
    const what = 'head trained on 10,000 × 512, 10 classes: choice of L2, 5 folds, calibration';
    return [
      { ...figure(what, `${trained.toFixed(2)} s`, beside(trained)), target: '< 3 s', isMet: trained < 3 },
      figure('its neighbours and audit', `${audited.toFixed(2)} s`, beside(audited)),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Fastest of ten products of the embeddings with a square matrix. */
async function productSeconds({ features: { data, rows, cols } }: SyntheticUnits): Promise<number> {
  const builder = new ModelBuilder('baseline');
  const a = builder.input('a', 'float32', [rows, cols]);
  const b = builder.input('b', 'float32', [cols, cols]);
  const model = builder.output('c', builder.node('MatMul', [a, b]), { type: 'float32', dims: [rows, cols] });
  const session = await InferenceSession.create(writeModel(model.build()));
  const feeds = {
    a: new Tensor('float32', data, [rows, cols]),
    b: new Tensor('float32', data.subarray(0, cols * cols), [cols, cols]),
  };
  let best = Infinity;
  for (let i = 0; i < 10; i++) {
    const start = performance.now();
    await session.run(feeds);
    best = Math.min(best, performance.now() - start);
  }
  return best / 1000;
}

/** Seconds of every step of a head job. */
async function jobSeconds(units: SyntheticUnits, folder: string): Promise<ReadonlyMap<string, number>> {
  const { features, labels, groups, classCount } = units;
  const matrix = join(folder, 'matrix.f32');
  await writeFile(matrix, features.data);
  const seconds = new Map<string, number>();
  let step = 'read';
  let since = performance.now();
  const enter = (next: string): void => {
    seconds.set(step, (seconds.get(step) ?? 0) + (performance.now() - since) / 1000);
    step = next;
    since = performance.now();
  };
  await headJob(
    {
      ...{ kind: 'head', matrix, dim: features.cols, rows: groups, labels, classCount, groups, seed: 1 },
      ...{ regime: 'head', loss: { kind: 'cross-entropy' }, sampling: 'natural' },
      ...{ folds: 5, previousLabels: null, previousPredicted: null, metadata: {} },
      output: join(folder, 'head.onnx'),
    },
    { send: (message) => message.type === 'progress' && message.step !== step && enter(message.step) },
    { algebra: onnxAlgebra(), clock: () => performance.now() },
  );
  enter('end');
  must(seconds.get('audit'), 'the job audits');
  return seconds;
}
