import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { must } from '#base/assert.ts';
import { seededRandom } from '#base/random.ts';
import { int, ints } from '#graph/attribute.ts';
import { ModelBuilder } from '#graph/builder.ts';
import { dataTypeCode } from '#graph/data-type.ts';
import { crossEntropy } from '#graph/losses/cross-entropy.ts';
import type { Model } from '#graph/model.ts';
import { float32Tensor } from '#graph/tensor.ts';
import { storeParameters } from '#graph/training/parameter-vector.ts';
import { trainingGraph, type TrainingGraph } from '#graph/training/training-graph.ts';
import { logLossesOf } from '#learn/metrics.ts';
import { softmaxRows } from '#learn/temperature.ts';
import { stepsPerEpoch, type TrainingData } from './batch-source.ts';
import { Epochs } from './epochs.ts';
import { readCheckpoint } from './checkpoint.ts';
import { logitsOf } from './evaluate.ts';
import { pixelInputs } from './pixel-inputs.ts';
import { PixelFile } from './pixel-file.ts';
import { openOnnxRunner } from './step-runner.ts';
import { Stepper } from './stepper.ts';
import { tune, type TuneRun } from './tune.ts';

const [size, classCount, batch, count, epochs] = [8, 3, 8, 44, 6];

/** Pixels as stored backbones take them → a convolution, pooled: [N, 4]. */
function backbone(): Model {
  const random = seededRandom(2);
  const builder = new ModelBuilder('small', 18);
  const pixels = builder.input('pixels', 'uint8', ['N', size, size, 3]);
  const numbers = builder.node('Cast', [pixels], { to: int(dataTypeCode('float32')) });
  const scaled = builder.node('Div', [numbers, builder.constant(float32Tensor([], [128]))]);
  const image = builder.node('Transpose', [scaled], { perm: ints([0, 3, 1, 2]) });
  const weights = Float32Array.from({ length: 4 * 27 }, () => random.normal() / 4);
  const filter = builder.constant(float32Tensor([4, 3, 3, 3], weights), 'filter');
  const seen = builder.node('Relu', [builder.node('Conv', [image, filter], { kernel_shape: ints([3, 3]) })]);
  const pooled = builder.node('Flatten', [builder.node('GlobalAveragePool', [seen])]);
  return builder.output('embedding', pooled, { type: 'float32', dims: ['N', 4] }).build();
}

function graphOf(): TrainingGraph {
  const [coefficients, intercepts] = [new Float32Array(classCount * 4), new Float32Array(classCount)];
  const graph = trainingGraph({
    backbone: backbone(),
    head: { classCount, dim: 4, coefficients, intercepts },
    batch,
    loss: (ops, { logits, targets }) => crossEntropy(ops, logits, targets),
    isTrained: (name) => name === 'filter',
    device: 'cpu',
  });
  if (!graph.ok) throw new Error(graph.error.reason);
  return graph.value;
}

/** Images of one colour and noise; the colour is the class. */
async function writeImages(folder: string): Promise<Int32Array> {
  const random = seededRandom(9);
  const labels = Int32Array.from({ length: count }, () => random.int(classCount));
  const pixels = new Uint8Array(count * size * size * 3);
  for (let at = 0; at < pixels.length; at++) {
    const label = labels[Math.floor(at / (size * size * 3))];
    pixels[at] = random.int(140) + (at % 3 === label ? 80 : 0);
  }
  await writeFile(join(folder, 'pixels'), pixels);
  return labels;
}

async function dataIn(
  folder: string,
  weights: Float64Array | null = new Float64Array(count).fill(1),
): Promise<TrainingData> {
  const labels = await writeImages(folder);
  const pixels = await PixelFile.open(join(folder, 'pixels'), size);
  return {
    ...{ inputs: pixelInputs(pixels, size), classCount, labels, domains: null, batch },
    epochs: new Epochs({ units: Int32Array.from(labels.keys()), labels, weights, seed: 4 }),
    smoothing: 0.05,
  };
}

function allOf({ labels }: TrainingData): Int32Array {
  return Int32Array.from(labels.keys());
}

/** A run whose losses are collected; it stops when they are as many as asked for. */
async function runOf(
  folder: string,
  data: TrainingData,
  stopAfter = Infinity,
): Promise<{ losses: number[]; stepper: Stepper }> {
  const graph = graphOf();
  const total = graph.parameters.reduce((sum, parameter) => sum + parameter.count, 0);
  const stepper = await Stepper.open({
    ...{ graph, openRunner: () => openOnnxRunner(graph.step), batch, clipNorm: 1, averageDecay: 0.8 },
    optimizer: { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    rates: new Float32Array(total).fill(1),
    decays: new Float32Array(total).fill(0.01),
  });
  const losses: number[] = [];
  let now = 0;
  const run: TuneRun = {
    ...{ folder, data, stepper },
    schedule: { steps: epochs * stepsPerEpoch(data), warmUp: 4, rate: 0.1 },
    clock: () => (now += 40_000),
    onStep: ({ loss }) => {
      if (losses.length === stopAfter) throw new Error('killed');
      losses.push(loss);
    },
    onEpoch: () => Promise.resolve(),
    measureLosses: async () => {
      const average = must(stepper.state['average'], 'the average');
      const network = storeParameters(graph.network, graph.parameters, average);
      const logits = await logitsOf(network, { inputs: data.inputs, positions: allOf(data) }, 'cpu');
      const probabilities = softmaxRows({ data: logits, rows: count, cols: classCount });
      return Float32Array.from(logLossesOf(probabilities, data.labels));
    },
  };
  await tune(run).catch((error: Error) => expect(error.message).toBe('killed'));
  return { losses, stepper };
}

test('a run that was killed goes on as if nothing had happened', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'emend-tune-'));
  const data = await dataIn(folder);
  const whole = await runOf(await mkdtemp(join(tmpdir(), 'emend-tune-')), data);
  expect(whole.losses).toHaveLength(36);
  expect(must(whole.losses.at(-1), 'a loss')).toBeLessThan(0.5 * must(whole.losses[0], 'a loss'));

  const first = await runOf(folder, data, 13);
  const checkpoint = must(await readCheckpoint(folder), 'a checkpoint');
  expect(checkpoint.step).toBe(13);
  const second = await runOf(folder, data);
  const together = [...first.losses.slice(0, checkpoint.step), ...second.losses];
  expect(together).toHaveLength(36);
  together.forEach((loss, step) => expect(loss).toBeCloseTo(must(whole.losses[step], 'a loss'), 5));
});

test('so does one that looks most at what it gets wrong', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'emend-tune-'));
  const elsewhere = await mkdtemp(join(tmpdir(), 'emend-tune-'));
  const whole = await runOf(elsewhere, await dataIn(elsewhere, null));
  const natural = await runOf(await mkdtemp(join(tmpdir(), 'emend-tune-')), await dataIn(elsewhere));
  expect(whole.losses.slice(0, 6)).toEqual(natural.losses.slice(0, 6));
  expect(whole.losses.slice(6)).not.toEqual(natural.losses.slice(6));

  // Killed within the third epoch: its units were drawn by losses that the network of now no longer has.
  const first = await runOf(folder, await dataIn(folder, null), 15);
  expect(must(await readCheckpoint(folder), 'a checkpoint').losses).toHaveLength(count);
  const second = await runOf(folder, await dataIn(folder, null));
  const together = [...first.losses, ...second.losses];
  expect(together).toHaveLength(36);
  together.forEach((loss, step) => expect(loss).toBeCloseTo(must(whole.losses[step], 'a loss'), 5));
});

test('what was learned is stored in the network', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'emend-tune-'));
  const data = await dataIn(folder);
  const { stepper } = await runOf(folder, data);
  const { network, parameters } = graphOf();
  const trained = storeParameters(network, parameters, must(stepper.state['average'], 'the average'));
  const pixels = await PixelFile.open(join(folder, 'pixels'), size);
  const logits = await logitsOf(
    trained,
    { inputs: pixelInputs(pixels, size), positions: allOf(data) },
    'cpu',
  );
  const right = data.labels.filter((label, unit) => {
    const row = logits.subarray(unit * classCount, (unit + 1) * classCount);
    return row.indexOf(Math.max(...row)) === label;
  });
  expect(right.length).toBeGreaterThan(0.9 * count);
});

test('a file of pixels that is cut short is told', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'emend-tune-'));
  await writeFile(join(folder, 'pixels'), new Uint8Array(10));
  const pixels = await PixelFile.open(join(folder, 'pixels'), size);
  await expect(pixels.read(Int32Array.of(0), new Uint8Array(size * size * 3))).rejects.toThrow('cut short');
});
