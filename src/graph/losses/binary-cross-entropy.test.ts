import { expect, test } from 'vitest';
import { checkLoss, lossNumbers, noise, rows } from '#test/support/loss-check.ts';
import { expectClose } from '#test/support/oracle.ts';
import { binaryCrossEntropy } from './binary-cross-entropy.ts';

const named = { logits: 'logits', targets: 'targets' };
const loss = (ops: Parameters<typeof binaryCrossEntropy>[0]): string => binaryCrossEntropy(ops, named);

const feeds = {
  logits: noise([3, 4], 2),
  targets: rows([1, 0, -1, 0.9], [-1, -1, -1, -1], [0, 1, 1, -1]),
};

test('it is minus the log likelihood of the answers that are known', () => {
  const likelihood = (z: number, t: number): number =>
    t < 0 ? 0 : -t * Math.log(1 / (1 + Math.exp(-z))) - (1 - t) * Math.log(1 - 1 / (1 + Math.exp(-z)));
  const each = Array.from(feeds.logits.data, (z, i) => likelihood(z, feeds.targets.data[i] ?? NaN));
  const sums = [0, 4, 8].map((start) => each.slice(start, start + 4).reduce((a, b) => a + b));
  expectClose(lossNumbers(loss, feeds).loss, sums, 1e-9);
});

test('what is unknown gets a gradient of exactly 0', () => {
  const [gradient = []] = lossNumbers(loss, feeds).gradients;
  gradient.forEach((slope, i) => expect(slope === 0).toBe(feeds.targets.data[i] === -1));
});

test('logits far out keep loss and gradient', () => {
  const far = { logits: rows([1000, -1000, 0]), targets: rows([0, 1, 1]) };
  const found = lossNumbers(loss, far);
  expectClose(found.loss, [2000 + Math.LN2], 1e-9);
  expectClose(found.gradients[0], [1, -1, -0.5], 1e-9);
});

test('gradients', async () => {
  await checkLoss(loss, feeds);
});

test('gradients at a new head, whose logits are 0', async () => {
  await checkLoss(loss, { ...feeds, logits: noise([3, 4], 1, 0) });
});
