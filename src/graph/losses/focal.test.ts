import { expect, test } from 'vitest';
import { checkLoss, lossNumbers, noise, oneHot, rows } from '#test/support/loss-check.ts';
import { expectClose, oracleCases } from '#test/support/oracle.ts';
import { runOnnx } from '#test/support/onnxruntime.ts';
import { withGradients } from '#test/support/gradient-check.ts';
import { must } from '#base/assert.ts';
import { Ops } from '../gradients/ops.ts';
import { crossEntropy } from './cross-entropy.ts';
import { focalLoss } from './focal.ts';

const named = { logits: 'logits', targets: 'targets' };
const cases = oracleCases('focal-ldam.json').filter(({ inputs }) => 'gamma' in inputs);

test.each(cases)('$name', ({ inputs, expected, tolerance }) => {
  const { logits, y, gamma } = inputs as { logits: number[][]; y: number[]; gamma: number };
  const feeds = { logits: rows(...logits), targets: oneHot(y, 4) };
  const found = lossNumbers((ops) => focalLoss(ops, named, gamma), feeds);
  expectClose(found.loss, expected['loss'], tolerance);
  expectClose(found.gradients[0], (expected['gradientOfMean'] as number[][]).flat(), tolerance);
});

const feeds = { logits: noise([4, 3], 1), targets: oneHot([0, 1, 2, 1], 3, 0.1) };

test('gamma 0 is cross-entropy', () => {
  const plain = lossNumbers((ops) => crossEntropy(ops, 'logits', 'targets'), feeds);
  expect(lossNumbers((ops) => focalLoss(ops, named, 0), feeds)).toEqual(plain);
});

test.each([0.5, 1, 2.5])('gradients at gamma %d', async (gamma) => {
  await checkLoss((ops) => focalLoss(ops, named, gamma), feeds);
});

test('what is certain in single precision has a finite gradient', async () => {
  const certain = { logits: rows([60, 0, -20]), targets: oneHot([0], 3, 0.05) };
  const { builder, gradients } = withGradients({
    build: (b) => [focalLoss(new Ops(b), named, 0.5)],
    feeds: certain,
    of: () => ['logits'],
    opset: 18,
  });
  const [gradient] = gradients;
  builder.output('d', must(gradient, 'a gradient'), { type: 'float32', dims: [1, 3] });
  const found = must((await runOnnx(builder.build(), certain)).get('d'), 'd');
  expect([...found.data].every(Number.isFinite)).toBe(true);
});
