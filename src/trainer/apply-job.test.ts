import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FromTrainer } from '#contract/trainer.ts';
import { ModelBuilder } from '#graph/builder.ts';
import { float32Tensor } from '#graph/tensor.ts';
import { writeModel } from '#graph/write-model.ts';
import { applyJob } from './apply-job.ts';
import { readRows } from './matrix-file.ts';

let folder = '';
let matrix = '';
const values = Float32Array.from({ length: 10_000 * 3 }, (_, at) => (at % 17) / 17);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emend-apply-'));
  matrix = join(folder, 'matrix.f32');
  await writeFile(matrix, values);
});
afterAll(() => rm(folder, { recursive: true }));

test('rows are read in the order asked, alone, in runs and twice', async () => {
  const rows = Int32Array.of(5, 6, 7, 2, 2, 9999, 0);
  const read = await readRows(matrix, { rows, dim: 3 });
  expect([...read]).toEqual([...rows].flatMap((row) => [...values.subarray(row * 3, row * 3 + 3)]));
});

test('a matrix that ends too early is a problem', async () => {
  const read = readRows(matrix, { rows: Int32Array.of(9999, 10_000), dim: 3 });
  await expect(read).rejects.toMatchObject({ problem: { code: 'damaged', subject: matrix } });
});

function noPixels(): never {
  throw new Error('a head needs no pixels');
}

async function writeHead(weights: readonly number[]): Promise<string> {
  const builder = new ModelBuilder('head');
  const embedding = builder.input('embedding', 'float32', ['N', 3]);
  const logits = builder.node('MatMul', [embedding, builder.constant(float32Tensor([3, 2], weights))]);
  const probabilities = builder.node('Softmax', [logits]);
  builder.output('probabilities', probabilities, { type: 'float32', dims: ['N', 2] });
  const head = join(folder, 'head.onnx');
  await writeFile(head, writeModel(builder.build()));
  return head;
}

test('a head whose numbers are broken is a problem', async () => {
  const head = await writeHead([1, 0, 0, NaN, 2, -1]);
  const context = { send: () => undefined, pixels: noPixels };
  const applied = applyJob({ kind: 'apply', head, matrix, dim: 3, rows: Int32Array.of(1) }, context);
  await expect(applied).rejects.toMatchObject({ problem: { code: 'damaged', subject: head } });
});

test('a head is applied to every row, over more than one chunk', async () => {
  const head = await writeHead([1, 0, 0, 1, 2, -1]);
  const rows = Int32Array.from({ length: 9000 }, (_, at) => 9999 - at);
  const sent: FromTrainer[] = [];
  const context = {
    send: (message: FromTrainer) => void sent.push(message),
    pixels: noPixels,
  };
  await applyJob({ kind: 'apply', head, matrix, dim: 3, rows }, context);

  const last = sent.at(-1);
  if (last?.type !== 'applied') throw new Error('not applied');
  expect(last.probabilities).toHaveLength(18_000);
  for (const at of [0, 4096, 8999]) {
    const [a = 0, b = 0, c = 0] = values.subarray((9999 - at) * 3);
    const expected = 1 / (1 + Math.exp(b - c - (a + 2 * c)));
    expect(last.probabilities[at * 2]).toBeCloseTo(expected, 5);
  }
});
