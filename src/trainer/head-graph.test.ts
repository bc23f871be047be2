import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { headGraph } from '#graph/head-graph.ts';
import { parseModel } from '#graph/parse-model.ts';
import { writeModel } from '#graph/write-model.ts';

const head = {
  classCount: 3,
  dim: 2,
  coefficients: Float32Array.of(1, 0, 0, 2, 5, 5),
  intercepts: Float32Array.of(0.5, 0, -Infinity),
};

test('the stored head gives the softmax of its logits, and nothing for a class it cannot predict', async () => {
  const session = await InferenceSession.create(writeModel(headGraph(head, {})));
  const embedding = new Tensor('float32', Float32Array.of(1, 1, -2, 0.5), [2, 2]);
  const { probabilities } = await session.run({ embedding });
  const found = Array.from(probabilities!.data as Float32Array);
  const share = (a: number, b: number): number => Math.exp(a) / (Math.exp(a) + Math.exp(b));
  const expected = [share(1.5, 2), share(2, 1.5), 0, share(-1.5, 1), share(1, -1.5), 0];
  for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 6);
});

test('what the head is about goes into its description', () => {
  const model = writeModel(headGraph(head, { classes: 'cat,dog,bird', backbone: 'built-in' }));
  const parsed = parseModel(model, 'head');
  expect(parsed.ok && Object.fromEntries(parsed.value.metadata)).toEqual({
    classes: 'cat,dog,bird',
    backbone: 'built-in',
  });
});
