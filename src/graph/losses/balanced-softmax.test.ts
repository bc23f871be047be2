import { expect, test } from 'vitest';
import { checkLoss, lossNumbers, noise, oneHot, rows } from '#test/support/loss-check.ts';
import { expectClose, oracleCases } from '#test/support/oracle.ts';
import { balancedSoftmax } from './balanced-softmax.ts';
import { crossEntropy } from './cross-entropy.ts';

/** Offsets are stored in single precision. */
const stored = 1e-6;
const named = { logits: 'logits', targets: 'targets' };

test.each(oracleCases('balanced-softmax.json'))('$name', ({ inputs, expected }) => {
  const {
    logits,
    y,
    counts,
    tau = 1,
  } = inputs as {
    logits: number[][];
    y: number[];
    counts: number[];
    tau?: number;
  };
  const feeds = { logits: rows(...logits), targets: oneHot(y, counts.length) };
  const found = lossNumbers((ops) => balancedSoftmax(ops, named, { counts, tau }), feeds);
  expectClose(found.loss, expected['loss'], stored);
  expectClose(found.gradients[0], (expected['gradientOfMean'] as number[][]).flat(), stored);
});

test.each(oracleCases('logit-adjustment.json').filter(({ inputs }) => 'tau' in inputs))(
  'it puts back what the adjustment of logits takes away: $name',
  ({ inputs, expected }) => {
    const { logits, prior, tau } = inputs as { logits: number[][]; prior: number[]; tau: number };
    const counts = prior.map((share) => share * 1e6);
    const adjusted = rows(...(expected['adjusted'] as number[][]));
    const targets = oneHot(
      logits.map(() => 0),
      prior.length,
    );
    const back = lossNumbers((ops) => balancedSoftmax(ops, named, { counts, tau }), {
      logits: adjusted,
      targets,
    });
    const plain = lossNumbers((ops) => crossEntropy(ops, 'logits', 'targets'), {
      logits: rows(...logits),
      targets,
    });
    expectClose(back.loss, [...plain.loss], stored);
  },
);

const feeds = { logits: noise([4, 3], 1), targets: oneHot([0, 1, 2, 1], 3, 0.1) };
const counts = [100, 10, 0];

test('tau 0 is cross-entropy', () => {
  const plain = lossNumbers((ops) => crossEntropy(ops, 'logits', 'targets'), feeds);
  const balanced = lossNumbers((ops) => balancedSoftmax(ops, named, { counts, tau: 0 }), feeds);
  expect(balanced).toEqual(plain);
});

test('gradients, with a class that has no labels', async () => {
  await checkLoss((ops) => balancedSoftmax(ops, named, { counts, tau: 1.5 }), feeds);
});
