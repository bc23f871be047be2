import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tensor } from 'onnxruntime-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandom } from '#base/random.ts';
import type { BackboneSpec } from '#contract/trainer.ts';
import { defaultAugmentation, type DeviceId, type TuneProgress } from '#contract/training.ts';
import { Devices } from '#engine/devices.ts';
import { inspectBackbone, tryDevice, tuneNetwork, type JobInput } from '#engine/trainer-host.ts';
import { int } from '#graph/attribute.ts';
import { ModelBuilder } from '#graph/builder.ts';
import { crossEntropy } from '#graph/losses/cross-entropy.ts';
import { parseModel } from '#graph/parse-model.ts';
import { simplify } from '#graph/simplify/simplify.ts';
import { int64Vector } from '#graph/tensor.ts';
import { gatherParameters } from '#graph/training/parameter-vector.ts';
import { trainables } from '#graph/training/trainable.ts';
import { trainingGraph, type TrainingGraph } from '#graph/training/training-graph.ts';
import { writeModel } from '#graph/write-model.ts';
import { probeNetwork } from '#trainer/devices/probe-network.ts';
import { largestError } from '#trainer/devices/self-test.ts';
import { openOnnxRunner } from '#trainer/tune/step-runner.ts';
import { OutOfMemoryError, openSession, runSession, type Tensors } from '#trainer/session.ts';
import { convNeXt } from '../support/networks/convnext.ts';
import { efficientNet } from '../support/networks/efficientnet.ts';
import { smallSize, type Network } from '../support/networks/exporter.ts';
import { mobileNetV3 } from '../support/networks/mobilenet-v3.ts';
import { resNet18 } from '../support/networks/resnet.ts';
import { visionTransformer } from '../support/networks/vit.ts';
import { value } from '../support/project.ts';
import { hasWebGpu } from '../support/webgpu.ts';

// Networks that train on WebGPU: on Linux without a graphics card on a software device, right and slow.

const networks = { resNet18, mobileNetV3, efficientNet, convNeXt, visionTransformer };
const [batch, classCount] = [4, smallSize.classes];
const webGpu = await hasWebGpu();

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emend-devices-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A test network as a project stores it. */
async function backboneOf(name: keyof typeof networks): Promise<BackboneSpec> {
  const network: Network = networks[name];
  const [file, output] = [join(folder, `${name}.onnx`), join(folder, `${name}-backbone.onnx`)];
  await writeFile(file, writeModel(network(smallSize)));
  const { size, dim } = value(await inspectBackbone({ file, size: smallSize.image, output }));
  return { id: name, file: output, size, dim };
}

async function graphOf({ id, file, dim }: BackboneSpec): Promise<TrainingGraph> {
  const backbone = value(simplify(value(parseModel(await readFile(file), id)), {}, id));
  const random = seededRandom(3);
  const coefficients = Float32Array.from({ length: classCount * dim }, () => random.normal() / 10);
  const trained = new Set(trainables(backbone.graph).map(({ name }) => name));
  const graph = trainingGraph({
    ...{ backbone, batch, device: 'any' },
    head: { classCount, dim, coefficients, intercepts: new Float32Array(classCount) },
    loss: (ops, { logits, targets }) => crossEntropy(ops, logits, targets),
    domainTerm: null,
    isTrained: (name) => trained.has(name),
  });
  return value(graph);
}

function feedsOf({ network, parameters }: TrainingGraph, { size }: BackboneSpec): Tensors {
  const random = seededRandom(5);
  const pixels = Uint8Array.from({ length: batch * size * size * 3 }, () => random.int(256));
  const targets = Float32Array.from({ length: batch * classCount }, (_, at) =>
    at % (classCount + 1) ? 0 : 1,
  );
  const vector = gatherParameters(network, parameters);
  return {
    pixels: new Tensor('uint8', pixels, [batch, size, size, 3]),
    targets: new Tensor('float32', targets, [batch, classCount]),
    weights: new Tensor('float32', new Float32Array(batch).fill(1 / batch), [batch]),
    parameters: new Tensor('float32', vector, [vector.length]),
  };
}

async function gradientOn(provider: 'cpu' | 'webgpu', { step }: TrainingGraph, feeds: Tensors) {
  const runner = await openOnnxRunner(step, provider);
  const { gradient, loss } = await runner.run(feeds);
  await runner.close();
  return { gradient: gradient.data as Float32Array, loss };
}

test.skipIf(!webGpu).each(Object.keys(networks) as (keyof typeof networks)[])(
  'the gradients of %s on WebGPU are the processor’s',
  async (name) => {
    const backbone = await backboneOf(name);
    const graph = await graphOf(backbone);
    const feeds = feedsOf(graph, backbone);
    const expected = await gradientOn('cpu', graph, feeds);
    const found = await gradientOn('webgpu', graph, feeds);
    const error = largestError(graph.parameters, expected.gradient, found.gradient);
    console.log(`${name}: largest relative error of a gradient on WebGPU ${error.toExponential(1)}`);
    expect(expected.gradient.some((number) => number !== 0)).toBe(true);
    expect(found.loss).toBeCloseTo(expected.loss, 4);
    expect(error).toBeLessThan(1e-3);
  },
);

const [count, unchanged] = [
  48,
  { ...defaultAugmentation, mirror: false, crop: 0, brightness: 0, contrast: 0 },
];

/** Few operators, for which programs are soon compiled. */
async function smallBackbone(): Promise<BackboneSpec> {
  const [file, size] = [join(folder, 'probe.onnx'), 16];
  const { backbone, dim } = probeNetwork({ side: size, channels: 8 }, seededRandom(2));
  await writeFile(file, writeModel(backbone));
  return { id: 'probe', file, size, dim };
}

/** Images of three colours in noise, a quarter of them held back. */
async function trainingOn(device: DeviceId, backbone: BackboneSpec): Promise<JobInput<'tune'>> {
  const run = join(folder, device);
  await mkdir(run);
  const random = seededRandom(9);
  const labels = Int32Array.from({ length: count }, (_, image) => image % 3);
  const area = backbone.size ** 2;
  const pixels = Uint8Array.from({ length: count * area * 3 }, (_, at) => {
    return random.int(160) + (at % 3 === labels[Math.floor(at / (3 * area))] ? 90 : 0);
  });
  await writeFile(join(run, 'pixels'), pixels);
  const positions = Int32Array.from(labels.keys());
  return {
    ...{ folder: run, pixels: join(run, 'pixels'), backbone, classCount: 3, labels },
    ...{ parents: null, domains: null, start: null, output: null, temperature: 1, metadata: {} },
    train: positions.filter((position) => position % 4 !== 0),
    held: positions.filter((position) => position % 4 === 0),
    settings: {
      ...{ epochs: 3, batch: 12, rate: 5e-3, headRate: 5, layerDecay: 1, weightDecay: 0.01, warmUp: 0 },
      ...{ labelSmoothing: 0, layers: null, loss: { kind: 'cross-entropy' }, sampling: 'natural' },
      ...{ augmentation: unchanged, device, seed: 1 },
    },
  };
}

test.skipIf(!webGpu)('a training on WebGPU goes as on the processor', async () => {
  const backbone = await smallBackbone();
  const told: TuneProgress[] = [];
  const onTraining = (progress: TuneProgress): unknown => told.push(progress);
  const onCpu = value(await tuneNetwork(await trainingOn('cpu', backbone)));
  const onWebGpu = value(await tuneNetwork(await trainingOn('webgpu', backbone), { onTraining }));
  expect(new Set(told.map(({ device }) => device))).toEqual(new Set(['webgpu']));
  const losses = told.map(({ loss }) => loss);
  expect(losses.at(-1)).toBeLessThan(0.9 * (losses[0] ?? 0));
  const largest = Math.max(...onCpu.logits.map(Math.abs));
  expect(largest).toBeGreaterThan(1e-3);
  // Adam takes whole steps along what rounding leaves of a gradient of 0.
  onWebGpu.logits.forEach((logit, i) => {
    expect(Math.abs(logit - (onCpu.logits[i] ?? NaN)) / largest).toBeLessThan(0.05);
  });
});

test.skipIf(!webGpu)('WebGPU passes its trial and says its name', async () => {
  const { name, gflops, gradientError } = value(await tryDevice({ device: 'webgpu' }));
  console.log(`${name}: ${gflops.toPrecision(2)} GFLOP/s`);
  expect(name).toMatch(/\w/);
  expect(gflops).toBeGreaterThan(0);
  expect(gradientError).toBeLessThan(1e-4);
});

/** Σ of so many numbers, which are all held at once. */
async function sumOf(count: number): Promise<unknown> {
  const builder = new ModelBuilder('sum', 18);
  const one = builder.input('one', 'float32', [1]);
  const ones = builder.node('Expand', [one, builder.constant(int64Vector(count))]);
  const sum = builder.node('ReduceSum', [builder.node('Exp', [ones])], { keepdims: int(0) });
  const model = writeModel(builder.output('sum', sum, { type: 'float32', dims: [] }).build());
  const session = await openSession(model, { subject: 'sum', provider: 'webgpu' });
  const found = await runSession(session, { one: new Tensor('float32', [0], [1]) }, 'sum');
  await session.release();
  return found['sum']?.data[0];
}

test.skipIf(!webGpu)(
  'what is too large for the device is told apart, so that smaller parts are tried',
  async () => {
    await expect(sumOf(2 ** 33)).rejects.toBeInstanceOf(OutOfMemoryError);
    expect(await sumOf(1000)).toBe(1000);
  },
);

/** What is found where the processes that try a device run with this in their environment. */
async function devicesWith(variables: Record<string, string>): Promise<Devices> {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  const devices = new Devices();
  try {
    await devices.list();
  } finally {
    for (const [name, found] of before) {
      if (found === undefined) delete process.env[name];
      else process.env[name] = found;
    }
  }
  return devices;
}

test('a driver that takes its process down takes nothing else with it', async () => {
  const trap = join(folder, 'trap.mjs');
  const strike = "if (job?.device === 'webgpu') process.kill(process.pid, 'SIGSEGV')";
  await writeFile(trap, `process.on('message', ({ job }) => { ${strike}; });`);
  const devices = await devicesWith({ NODE_OPTIONS: `--import=${trap}` });
  const [cpu, webgpu] = await devices.list();
  expect(cpu).toMatchObject({ id: 'cpu', reason: null });
  expect(cpu?.gflops).toBeGreaterThan(0.1);
  expect(webgpu?.reason).toBe('It failed while it was tried; update its driver.');
  expect(await devices.best(new AbortController().signal)).toBe('cpu');
});

test.runIf(process.platform === 'linux')('without a driver a person is told what to install', async () => {
  const nowhere = join(folder, 'no-driver.json');
  const devices = await devicesWith({ VK_DRIVER_FILES: nowhere, VK_ICD_FILENAMES: nowhere });
  const [, webgpu] = await devices.list();
  expect(webgpu?.reason).toContain('install the driver of the graphics card');
});
