import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Tensor } from 'onnxruntime-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#base/assert.ts';
import { seededRandom } from '#base/random.ts';
import type { BackboneSpec } from '#contract/trainer.ts';
import {
  defaultAugmentation,
  type DeviceId,
  type LossChoice,
  type TuneProgress,
} from '#contract/training.ts';
import { tryDevice, tuneNetwork, type JobInput } from '#engine/trainer-host.ts';
import { gatherParameters } from '#graph/training/parameter-vector.ts';
import { trainables } from '#graph/training/trainable.ts';
import { trainingGraph, type TrainingGraph } from '#graph/training/training-graph.ts';
import { writeModel } from '#graph/write-model.ts';
import { probeNetwork } from '#trainer/devices/probe-network.ts';
import { largestError } from '#trainer/devices/self-test.ts';
import type { Tensors } from '#trainer/session.ts';
import { openTensorFlowRunner } from '#trainer/tensorflow/tensorflow-runner.ts';
import type { TensorFlow } from '#trainer/tensorflow/tensor-flow.ts';
import { domainTermOf } from '#trainer/tune/domain-term-of.ts';
import { lossOf } from '#trainer/tune/loss-of.ts';
import { openOnnxRunner } from '#trainer/tune/step-runner.ts';
import { value } from '../support/project.ts';
import { plainTensorFlow } from '../support/tensorflow.ts';

// Training by the automatic differentiation of TensorFlow.js. The optional package with TensorFlow's own library is
// taken by one in plain JavaScript: the same operations through the same doors.

const [side, classCount, batch] = [8, 3, 6];
const network = probeNetwork({ side, channels: 4 }, seededRandom(2));

let tf: TensorFlow;
let folder = '';
beforeAll(async () => {
  tf = await plainTensorFlow();
  folder = await mkdtemp(join(tmpdir(), 'emend-tensorflow-'));
});
afterAll(() => rm(folder, { recursive: true }));

type Domains = JobInput<'tune'>['domains'];

/** The training graph of the network for a loss; the first layer keeps its numbers. */
function graphOf(loss: LossChoice, domains: Domains): TrainingGraph {
  const { backbone, dim } = network;
  const random = seededRandom(4);
  const weights = trainables(backbone.graph).filter(({ layer }) => layer > 0);
  const trained = new Set(weights.map(({ name }) => name));
  return value(
    trainingGraph({
      ...{ backbone, batch, device: 'any' },
      head: {
        ...{ classCount, dim, intercepts: new Float32Array(classCount) },
        coefficients: Float32Array.from({ length: classCount * dim }, () => random.normal() / 4),
      },
      loss: lossOf(loss, { counts: [9, 4, 2], parents: Int32Array.of(3, 3, 4, 5, 5, -1) }),
      domainTerm: domainTermOf(domains, dim),
      isTrained: (name) => trained.has(name),
    }),
  );
}

function feedsOf({ network: whole, parameters, step }: TrainingGraph): Tensors {
  const random = seededRandom(5);
  const pixels = Uint8Array.from({ length: batch * side * side * 3 }, () => random.int(256));
  const oneHot = Float32Array.from({ length: batch * classCount }, (_, at) =>
    Number(at % classCount === Math.floor(at / classCount) % classCount),
  );
  const vector = gatherParameters(whole, parameters).map((number) => number + 0.05 * random.normal());
  const hasDomains = step.graph.inputs.some(({ name }) => name === 'domains');
  const domains = new Tensor('float32', [0, 1, 0, 1, -1, 1], [batch]);
  return {
    pixels: new Tensor('uint8', pixels, [batch, side, side, 3]),
    targets: new Tensor('float32', oneHot, [batch, classCount]),
    weights: new Tensor(
      'float32',
      [1, 1, 1, 1, 1, 0].map((one) => one / 5),
      [batch],
    ),
    parameters: new Tensor('float32', vector, [vector.length]),
    ...(hasDomains ? { domains } : {}),
  };
}

const losses: readonly LossChoice[] = [
  { kind: 'cross-entropy' },
  { kind: 'class-weights', beta: 1 },
  { kind: 'balanced-softmax', tau: 1 },
  { kind: 'focal', gamma: 2 },
  { kind: 'binary' },
  { kind: 'hierarchical', share: 0.5 },
  { kind: 'soft-labels', beta: 1 },
  { kind: 'triplet', weight: 1, margin: 0.5 },
  { kind: 'supervised-contrastive', weight: 1, temperature: 0.5 },
];
const of = Int32Array.of();
const steps: readonly [string, LossChoice, Domains][] = [
  ...losses.map((loss): [string, LossChoice, Domains] => [loss.kind, loss, null]),
  ['coral', { kind: 'cross-entropy' }, { of, kind: 'coral', weight: 1 }],
  ['gradient reversal', { kind: 'cross-entropy' }, { of, kind: 'reversal', weight: 1 }],
];

test.each(steps)('a step of %s is that of onnxruntime', async (_, loss, domains) => {
  const graph = graphOf(loss, domains);
  const feeds = feedsOf(graph);
  const runners = [await openOnnxRunner(graph.step), openTensorFlowRunner(tf, graph)];
  const found = await Promise.all(runners.map((runner) => runner.run(feeds)));
  await Promise.all(runners.map((runner) => runner.close()));
  const [onnx, tensorFlow] = found.map(({ gradient }) => gradient.data as Float32Array);
  expect(found[1]?.loss).toBeCloseTo(must(found[0], 'a step').loss, 5);
  expect(onnx?.some((slope) => slope !== 0)).toBe(true);
  expect(largestError(graph.parameters, must(onnx, 'onnx'), must(tensorFlow, 'tf'))).toBeLessThan(1e-3);
});

test('steps leave nothing behind on the device', async () => {
  const graph = graphOf({ kind: 'cross-entropy' }, null);
  const before = tf.memory().numTensors;
  const runner = openTensorFlowRunner(tf, graph);
  await runner.run(feedsOf(graph));
  const during = tf.memory().numTensors;
  await runner.run(feedsOf(graph));
  expect(tf.memory().numTensors).toBe(during);
  await runner.close();
  expect(tf.memory().numTensors).toBe(before);
});

/** Processes that are started now find the plain package where they look for the optional one. */
async function withPlainPackage<T>(work: () => Promise<T>): Promise<T> {
  const before = process.env['NODE_OPTIONS'] ?? '';
  const hooks = new URL('../support/tensorflow-hooks.ts', import.meta.url).href;
  process.env['NODE_OPTIONS'] = `${before} --import=${hooks}`;
  return work().finally(() => (process.env['NODE_OPTIONS'] = before));
}

test('its gradients pass the trial that devices go through', async () => {
  const program = fileURLToPath(new URL('../support/tensorflow-trial.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [program]);
  const trial = JSON.parse(stdout) as { name: string; error: number };
  expect(trial.name).toBe('TensorFlow.js on the processor');
  expect(trial.error).toBeLessThan(1e-4);
});

const count = 36;
const unchanged = { ...defaultAugmentation, mirror: false, crop: 0, brightness: 0, contrast: 0 };

/** Images of three colours in noise, a quarter of them held back. */
async function trainingOn(device: DeviceId): Promise<JobInput<'tune'>> {
  const run = join(folder, device);
  await mkdir(run);
  const random = seededRandom(9);
  const labels = Int32Array.from({ length: count }, (_, image) => image % classCount);
  const area = 3 * side * side;
  const pixels = Uint8Array.from({ length: count * area }, (_, at) => {
    return random.int(160) + (at % 3 === labels[Math.floor(at / area)] ? 90 : 0);
  });
  await writeFile(join(run, 'pixels'), pixels);
  const backbone: BackboneSpec = { id: 'probe', file: join(run, 'probe.onnx'), size: side, dim: network.dim };
  await writeFile(backbone.file, writeModel(network.backbone));
  const positions = Int32Array.from(labels.keys());
  return {
    ...{ folder: run, pixels: join(run, 'pixels'), backbone, classCount, labels },
    ...{ parents: null, domains: null, start: null, output: null, temperature: 1, metadata: {} },
    train: positions.filter((position) => position % 4 !== 0),
    held: positions.filter((position) => position % 4 === 0),
    settings: {
      ...{ epochs: 5, batch: 9, rate: 1e-2, headRate: 5, layerDecay: 1, weightDecay: 0.01, warmUp: 0.1 },
      ...{ labelSmoothing: 0.05, layers: null, loss: { kind: 'cross-entropy' }, sampling: 'natural' },
      ...{ augmentation: unchanged, device, seed: 1 },
    },
  };
}

async function trained(device: DeviceId) {
  const job = await trainingOn(device);
  const [told, notes]: [TuneProgress[], string[]] = [[], []];
  const result = await tuneNetwork(job, {
    onTraining: (progress) => told.push(progress),
    onNote: (note) => notes.push(note),
  });
  return { ...value(result), told, notes };
}

test('a training goes as with onnxruntime', async () => {
  const expected = await trained('cpu');
  const found = await withPlainPackage(() => trained('tensorflow'));
  expect(found.notes).toEqual([]);
  expect(new Set(found.told.map(({ device }) => device))).toEqual(new Set(['tensorflow']));
  const lossesTold = found.told.map(({ loss }) => loss);
  expect(lossesTold.at(-1)).toBeLessThan(0.9 * must(lossesTold[0], 'a loss'));
  const largest = Math.max(...expected.logits.map(Math.abs));
  expect(largest).toBeGreaterThan(1e-2);
  found.logits.forEach((logit, i) => {
    expect(Math.abs(logit - (expected.logits[i] ?? NaN)) / largest).toBeLessThan(0.01);
  });
});

test('a package that is not there is told', async () => {
  const trial = await tryDevice({ device: 'tensorflow' });
  expect(trial).toMatchObject({
    ok: false,
    error: { code: 'not-found', reason: expect.stringContaining('npm install') },
  });
});
