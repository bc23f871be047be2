import { expect, test } from 'vitest';
import { checkLoss, lossNumbers, noise, oneHot, rows } from '#test/support/loss-check.ts';
import { expectClose, oracleCases } from '#test/support/oracle.ts';
import { must } from '#base/assert.ts';
import { classDistances, classLevels, type ClassTree } from './class-tree.ts';
import { crossEntropy } from './cross-entropy.ts';
import { hierarchicalCrossEntropy, softLabelCrossEntropy, softLabels } from './hierarchical.ts';

const named = { logits: 'logits', targets: 'targets' };

interface Case {
  readonly parents: (number | null)[];
  readonly leaves: number[];
  readonly logits: number[][];
  readonly y: number[];
  readonly levelWeights: number[];
  readonly beta: number;
}

/** The same tree with the leaves as its first nodes. */
function treeOf({ parents, leaves }: Case): ClassTree {
  const order = [...leaves, ...[...parents.keys()].filter((node) => !leaves.includes(node))];
  const moved = order.map((node) => {
    const parent = parents[node] ?? null;
    return parent === null ? -1 : order.indexOf(parent);
  });
  return { parents: moved, classCount: leaves.length };
}

const cases = oracleCases('hierarchical-loss.json').map((one) => ({
  ...one,
  input: one.inputs as never as Case,
}));

test.each(cases)('$name: levels and distances', ({ input, expected, tolerance }) => {
  const tree = treeOf(input);
  expectClose(classDistances(tree), expected['lcaDistance'], tolerance);
  expectClose(softLabels(tree, input.beta), expected['softLabels'], tolerance);
  expect(classLevels(tree)).toHaveLength(input.levelWeights.length);
});

test.each(cases)('$name: losses', ({ input, expected, tolerance }) => {
  const levels = classLevels(treeOf(input));
  const feeds = { logits: rows(...input.logits), targets: oneHot(input.y, input.leaves.length) };
  const lossAt = (weights: readonly number[]): readonly number[] =>
    lossNumbers((ops) => hierarchicalCrossEntropy(ops, named, { levels, weights }), feeds).loss;
  // Weights are stored in single precision.
  expectClose(lossAt(input.levelWeights), expected['weightedLoss'], 1e-7);
  levels.forEach((_, level) => {
    const only = lossAt(levels.map((_, at) => Number(at === level)));
    const column = (expected['levelLosses'] as number[][]).map((row) => must(row[level], 'a level'));
    expectClose(only, column, tolerance);
  });
});

test.each(cases)('$name: soft labels', ({ input, expected }) => {
  const feeds = { logits: rows(...input.logits), targets: oneHot(input.y, input.leaves.length) };
  const labels = softLabels(treeOf(input), input.beta);
  const { loss } = lossNumbers((ops) => softLabelCrossEntropy(ops, named, labels), feeds);
  expectClose(loss, expected['softLabelLoss'], 1e-6);
});

/** Two groups of two and a class alone. */
const tree = { parents: [5, 5, 6, 6, -1, -1, -1], classCount: 5 };
const hierarchy = { levels: classLevels(tree), weights: [0.5, 1] };
const feeds = { logits: noise([4, 5], 6), targets: oneHot([0, 1, 3, 4], 5, 0.1) };

test('a sibling costs less than a stranger', () => {
  const pick = (favoured: number): number => {
    const logits = [0, 0, 0, 0, 0];
    logits[favoured] = 4;
    const one = { logits: rows(logits), targets: oneHot([0], 5) };
    return must(lossNumbers((ops) => hierarchicalCrossEntropy(ops, named, hierarchy), one).loss[0], 'a loss');
  };
  expect(pick(0)).toBeLessThan(pick(1));
  expect(pick(1)).toBeLessThan(pick(2));
});

test('upper levels of weight 0, or labels that are spread no further, leave cross-entropy', () => {
  const plain = lossNumbers((ops) => crossEntropy(ops, 'logits', 'targets'), feeds);
  const lowest = { ...hierarchy, weights: [0, 1] };
  const found = lossNumbers((ops) => hierarchicalCrossEntropy(ops, named, lowest), feeds);
  expectClose([found.loss, found.gradients], [plain.loss, plain.gradients].map(asLists), 1e-9);
  const hard = lossNumbers((ops) => softLabelCrossEntropy(ops, named, softLabels(tree, 100)), feeds);
  expectClose(hard.loss, [...plain.loss], 1e-9);
});

function asLists(values: readonly unknown[]): unknown[] {
  return values.map((value) => (Array.isArray(value) ? [...(value as unknown[])] : value));
}

test('a group that is given up has a finite loss, and its classes still pull', () => {
  const lost = { logits: rows([-500, -500, 500, 0, 0]), targets: oneHot([0], 5) };
  const found = lossNumbers((ops) => hierarchicalCrossEntropy(ops, named, hierarchy), lost);
  expect(Number.isFinite(found.loss[0])).toBe(true);
  expect(must(found.gradients[0]?.[0], 'a slope')).toBeLessThan(-0.9);
});

test('gradients', async () => {
  await checkLoss((ops) => hierarchicalCrossEntropy(ops, named, hierarchy), feeds);
  await checkLoss((ops) => softLabelCrossEntropy(ops, named, softLabels(tree, 3)), feeds);
});
