import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { must } from '#base/assert.ts';
import { ProblemError } from '#base/problem.ts';
import { seededRandom } from '#base/random.ts';
import type { Result } from '#base/result.ts';
import { ModelBuilder } from '#graph/builder.ts';
import { cut } from '#graph/cut.ts';
import { differentiate } from '#graph/differentiate.ts';
import { Ops } from '#graph/gradients/ops.ts';
import { crossEntropy } from '#graph/losses/cross-entropy.ts';
import { feeds as inputsOf, type Model } from '#graph/model.ts';
import { parseModel } from '#graph/parse-model.ts';
import { simplify } from '#graph/simplify/simplify.ts';
import { float32Tensor, readFloat32 } from '#graph/tensor.ts';
import { trainables } from '#graph/training/trainable.ts';
import type { TensorFlow } from '#trainer/tensorflow/tensor-flow.ts';
import { convNeXt } from '../support/networks/convnext.ts';
import { efficientNet } from '../support/networks/efficientnet.ts';
import { smallSize } from '../support/networks/exporter.ts';
import { mobileNetV3 } from '../support/networks/mobilenet-v3.ts';
import { resNet18 } from '../support/networks/resnet.ts';
import { visionTransformer } from '../support/networks/vit.ts';
import { runOnnx } from '../support/onnxruntime.ts';
import { print } from '../support/print.ts';
import type { Feeds } from '../support/reference/evaluate.ts';
import { storedValue } from '../support/reference/stored-value.ts';
import { real, valueAt, type Value } from '../support/reference/value.ts';
import { sharedPath } from '../support/shared.ts';
import { plainTensorFlow, tensorFlowGradients, worstDifference } from '../support/tensorflow.ts';

const tolerance = 1e-3;

let tf: TensorFlow;
beforeAll(async () => {
  tf = await plainTensorFlow();
});

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new ProblemError(result.error);
  return result.value;
}

/**
 * The network with other biases: some stored ones are 0, which puts a dead channel exactly on the kink of its
 * activation, where every engine may take another side.
 */
function offKinks(model: Model): Model {
  const random = seededRandom(11);
  const moved = [...model.graph.initializers].map(([name, tensor]) => {
    if (tensor.type !== 'float32' || tensor.dims.length !== 1) return [name, tensor] as const;
    const values = readFloat32(tensor).map((value) => value + 0.05 * random.normal());
    return [name, float32Tensor(tensor.dims, values)] as const;
  });
  return { ...model, graph: { ...model.graph, initializers: new Map(moved) } };
}

/** The network for a small batch of images, with the cross-entropy of its output and the gradient of each weight. */
function differentiated(network: Model, sizes: Readonly<Record<string, number>>) {
  const model = offKinks(valueOf(simplify(network, sizes, network.graph.name)));
  const builder = ModelBuilder.of(model);
  const ops = new Ops(builder);
  const image = must(inputsOf(model.graph)[0], 'an input').name;
  const logits = must(model.graph.outputs[0], 'an output').name;
  const targets = builder.input('targets', 'float32', builder.dims(logits));
  const loss = ops.sum(crossEntropy(ops, logits, targets), [0]);
  const of = trainables(model.graph).map(({ name }) => name);
  return { builder, loss, of, gradients: valueOf(differentiate(builder, { loss, of })), image, targets };
}

/** An image of noise, and the second class as its target. */
function feedsFor({ builder, image, targets }: ReturnType<typeof differentiated>): Feeds {
  const random = seededRandom(3);
  const noise = valueAt('float32', builder.dims(image), () => random.normal());
  return {
    [image]: real(noise.dims, Float32Array.from(noise.data)),
    [targets]: valueAt('float32', builder.dims(targets), ([, label]) => Number(label === 1)),
  };
}

/** How far the gradients of all weights of a network are from those of TensorFlow.js. */
async function differenceOf(network: Model, sizes: Readonly<Record<string, number>>): Promise<number> {
  const graph = differentiated(network, sizes);
  const { builder, loss, of, gradients } = graph;
  const feeds = feedsFor(graph);
  const weights = of.map((name): [string, Value] => [name, storedValue(must(builder.stored(name), name))]);
  const question = { program: builder, loss, of: Object.fromEntries(weights), feeds };
  const found = tensorFlowGradients(tf, question);
  const asked = [loss, ...gradients];
  asked.forEach((name, i) => {
    builder.output(`answer ${i}`, name, { type: 'float32', dims: builder.dims(name) });
  });
  const answers = await runOnnx(builder.build(), feeds);
  const expected = asked.map((_, i) => must(answers.get(`answer ${i}`), `answer ${i}`).data);
  return worstDifference(found, expected, 1e-5);
}

const networks = [
  ['ResNet-18', resNet18],
  ['MobileNetV3', mobileNetV3],
  ['EfficientNet', efficientNet],
  ['ConvNeXt', convNeXt],
  ['ViT', visionTransformer],
] as const;

test.each(networks)('%s: the gradients of all weights are those of TensorFlow.js', async (name, network) => {
  const difference = await differenceOf(network(smallSize), { batch: 2 });
  await print(`${name}: ${difference.toExponential(1)} from TensorFlow.js`);
  expect(difference).toBeLessThan(tolerance);
});

const mobileNet = sharedPath('data', 'backbones', 'mobilenetv2_imagenet.onnx');

test.skipIf(mobileNet === null)(
  'MobileNetV2: the gradients of all weights are those of TensorFlow.js',
  async () => {
    const network = valueOf(parseModel(await readFile(must(mobileNet, 'the backbone')), 'mobilenetv2'));
    const difference = await differenceOf(cut(network, ['logits']), { batch: 1, height: 32, width: 32 });
    await print(`MobileNetV2: ${difference.toExponential(1)} from TensorFlow.js`);
    expect(difference).toBeLessThan(tolerance);
  },
);
