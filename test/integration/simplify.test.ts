import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { must } from '#base/assert.ts';
import { ProblemError } from '#base/problem.ts';
import type { Result } from '#base/result.ts';
import { cut } from '#graph/cut.ts';
import { findEmbedding } from '#graph/find-embedding.ts';
import type { Model } from '#graph/model.ts';
import { parseModel } from '#graph/parse-model.ts';
import { inferTypes, type Sizes } from '#graph/shapes/infer-types.ts';
import { simplify } from '#graph/simplify/simplify.ts';
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
const tolerance = 1e-4;

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new ProblemError(result.error);
  return result.value;
}

const simplified = (model: Model, known: Sizes = {}): Model =>
  valueOf(simplify(model, known, model.graph.name));

function counts({ graph }: Model): Readonly<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const { opType } of graph.nodes) found[opType] = (found[opType] ?? 0) + 1;
  return found;
}

async function expectSameOutputs(original: Model, simpler: Model): Promise<void> {
  const [expected, found] = [await runOnNoise(original, sizes), await runOnNoise(simpler, sizes)];
  expect(Object.keys(found)).toEqual(Object.keys(expected));
  for (const [name, output] of Object.entries(expected)) {
    expect(relativeDifference(output, must(found[name], name)), name).toBeLessThan(tolerance);
  }
}

/** The numbers are compared as bytes: element by element they take minutes. */
function expectEqual(found: Model, expected: Model): void {
  const withoutNumbers = (model: Model): Model => ({
    ...model,
    graph: { ...model.graph, initializers: new Map() },
  });
  expect(withoutNumbers(found)).toEqual(withoutNumbers(expected));
  expect(Buffer.compare(writeModel(found), writeModel(expected))).toBe(0);
}

/** Values whose type, or one of whose sizes, is not known. */
function unknownValues(model: Model): readonly string[] {
  const facts = valueOf(inferTypes(model));
  const values = model.graph.nodes.flatMap((node) => node.outputs).filter((name) => name !== '');
  return values.filter((name) => facts.get(name)?.dims.every((dim) => dim !== null) !== true);
}

interface TestNetwork {
  readonly name: string;
  readonly network: Network;
  /** Operators that it must no longer have. */
  readonly gone: readonly string[];
  /** The operator that makes its embedding. */
  readonly embedding: string;
}

const networks: readonly TestNetwork[] = [
  {
    name: 'ResNet-18',
    network: resNet18,
    gone: ['BatchNormalization', 'Shape', 'Identity', 'Dropout', 'Concat'],
    embedding: 'Reshape',
  },
  {
    name: 'MobileNetV3',
    network: mobileNetV3,
    gone: ['BatchNormalization', 'Dropout'],
    embedding: 'HardSwish',
  },
  {
    name: 'EfficientNet',
    network: efficientNet,
    gone: ['BatchNormalization', 'Dropout', 'Pad'],
    embedding: 'ReduceMean',
  },
  { name: 'ConvNeXt', network: convNeXt, gone: ['Constant', 'Identity'], embedding: 'LayerNormalization' },
  {
    name: 'vision transformer',
    network: visionTransformer,
    gone: ['Constant', 'Identity', 'Equal', 'Slice'],
    embedding: 'Gather',
  },
];

describe.each(networks)('$name', ({ network, gone, embedding }) => {
  const original = network(smallSize);

  test.each<[string, Sizes]>([
    ['an open batch', {}],
    ['a fixed batch', { batch: sizes.batch }],
  ])('with %s gives the same outputs, and every size in it is known', async (_name, known) => {
    const simpler = simplified(original, known);
    await expectSameOutputs(original, simpler);
    expect(unknownValues(simpler)).toEqual([]);
    expect(Object.keys(counts(simpler)).filter((opType) => gone.includes(opType))).toEqual([]);
  });

  test('every size is known before it is simplified, too', () => {
    expect(unknownValues(original)).toEqual([]);
  });

  test('is as simple as it gets, and the same after it is written and read', () => {
    const simpler = simplified(original);
    expectEqual(simplified(simpler), simpler);
    expectEqual(valueOf(parseModel(writeModel(simpler), 'written')), simpler);
  });

  test('keeps its embedding', () => {
    const makers = [original, simplified(original)].map((model) => {
      const value = valueOf(findEmbedding(model, 'network'));
      return must(
        model.graph.nodes.find(({ outputs }) => outputs.includes(value)),
        value,
      ).opType;
    });
    expect(makers[1]).toBe(embedding);
  });

  test('cut anywhere, gives the same', async () => {
    const values = original.graph.nodes.filter(isReal).flatMap(({ outputs }) => outputs);
    const facts = valueOf(inferTypes(original));
    const inside = fc.constantFrom(...values.filter((name) => facts.get(name)?.type === 'float32'));
    const property = fc.asyncProperty(
      fc.uniqueArray(inside, { minLength: 1, maxLength: 3 }),
      async (outputs) => {
        const part = cut(original, outputs);
        await expectSameOutputs(part, simplified(part));
        await expectSameOutputs(part, simplified(part, { batch: sizes.batch }));
      },
    );
    await fc.assert(property, { numRuns: 12 });
  });
});

/** Constants are stored numbers afterwards: a cut that has nothing else has no inputs. */
function isReal({ opType }: { readonly opType: string }): boolean {
  return opType !== 'Constant';
}

describe.each(['mobilenetv2_imagenet.onnx', 'FastestDet.onnx'])('%s', (name) => {
  const path = sharedPath('data', 'backbones', name);
  const read = async (): Promise<Model> => valueOf(parseModel(await readFile(path ?? ''), name));

  test.skipIf(path === null)('gives the same outputs', async () => {
    const original = await read();
    const simpler = simplified(original, sizes);
    await expectSameOutputs(original, simpler);
    expect(unknownValues(simpler)).toEqual([]);
    expectEqual(valueOf(parseModel(writeModel(simpler), name)), simpler);
  });
});
