import { readFile } from 'node:fs/promises';
import type { Tensor } from 'onnxruntime-node';
import { InferenceSession } from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { must } from '#base/assert.ts';
import { ProblemError } from '#base/problem.ts';
import type { Result } from '#base/result.ts';
import { cut } from '#graph/cut.ts';
import { cutPoints } from '#graph/cut-points.ts';
import { findEmbedding } from '#graph/find-embedding.ts';
import { feeds, type Model } from '#graph/model.ts';
import { parseModel } from '#graph/parse-model.ts';
import { simplify } from '#graph/simplify/simplify.ts';
import { splitAt, splitBefore } from '#graph/split.ts';
import { trainables } from '#graph/training/trainable.ts';
import { writeModel } from '#graph/write-model.ts';
import { convNeXt } from '../support/networks/convnext.ts';
import { efficientNet } from '../support/networks/efficientnet.ts';
import { smallSize, type Network } from '../support/networks/exporter.ts';
import { mobileNetV3 } from '../support/networks/mobilenet-v3.ts';
import { resNet18 } from '../support/networks/resnet.ts';
import { visionTransformer } from '../support/networks/vit.ts';
import { relativeDifference, runOnNoise } from '../support/run-model.ts';
import { sharedPath } from '../support/shared.ts';

const sizes = { batch: 2, height: 64, width: 64 };

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new ProblemError(result.error);
  return result.value;
}

/** The network up to its embedding, as training takes it. */
function backboneOf(model: Model): Model {
  const embedding = valueOf(findEmbedding(model, 'network'));
  return valueOf(simplify(cut(model, [embedding]), { height: 64, width: 64 }, 'network'));
}

async function run(model: Model, input: Tensor): Promise<Tensor> {
  const session = await InferenceSession.create(writeModel(model), { logSeverityLevel: 4 });
  const name = must(feeds(model.graph)[0], 'an input').name;
  const output = Object.values(await session.run({ [name]: input }))[0];
  await session.release();
  return must(output, 'an output');
}

/** Splits at every cut point and compares what comes out with what the whole network gives. */
async function expectSameInTwo(backbone: Model): Promise<void> {
  const expected = must(Object.values(await runOnNoise(backbone, sizes))[0], 'an embedding');
  for (const point of cutPoints(backbone)) {
    const { trunk, tail } = splitAt(backbone, point);
    const activation = must((await runOnNoise(trunk, sizes))[point.value], point.value);
    expect(activation.dims).toEqual([sizes.batch, ...point.dims]);
    expect(relativeDifference(expected, await run(tail, activation)), point.value).toBeLessThan(1e-5);
  }
}

const networks: readonly (readonly [string, Network])[] = [
  ['ResNet-18', resNet18],
  ['MobileNetV3', mobileNetV3],
  ['EfficientNet', efficientNet],
  ['ConvNeXt', convNeXt],
  ['vision transformer', visionTransformer],
];

describe.each(networks)('%s', (_name, network) => {
  const backbone = backboneOf(network(smallSize));

  test('gives the same when it is split at any of its cut points', async () => {
    expect(cutPoints(backbone).length).toBeGreaterThan(5);
    await expectSameInTwo(backbone);
  });

  test.each([1, 3, 6])('has a tail that holds its last %i layers, and few more', (count) => {
    const { tail } = must(splitBefore(backbone, count), 'it can be split');
    const layers = new Set(trainables(tail.graph).map(({ layer }) => layer)).size;
    expect(layers).toBeGreaterThanOrEqual(count);
    // A block of a transformer has six: queries and so on in one, their output, and two of the perceptron.
    expect(layers).toBeLessThan(count + 6);
  });

  test('is not split before its first layer', () => {
    const count = new Set(trainables(backbone.graph).map(({ layer }) => layer)).size;
    expect(splitBefore(backbone, count)).toBeNull();
  });
});

const path = sharedPath('data', 'backbones', 'mobilenetv2_imagenet.onnx');

test.skipIf(path === null)('MobileNetV2 gives the same when it is split', async () => {
  const backbone = backboneOf(valueOf(parseModel(await readFile(path ?? ''), 'MobileNetV2')));
  await expectSameInTwo(backbone);
  // 320 channels come before the last layer, 160 between blocks before that.
  expect(splitBefore(backbone, 1)?.dims[0]).toBe(320);
  expect(splitBefore(backbone, 6)?.dims[0]).toBe(160);
});
