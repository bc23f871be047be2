import { expect, test } from 'vitest';
import { must } from '#base/assert.ts';
import { checkGradientsOf, gradientOperators, withGradients } from '#test/support/gradient-check.ts';
import { caseOf, operatorCases } from '#test/support/operator-cases/all.ts';
import { evaluate, programOf } from '#test/support/reference/evaluate.ts';
import { real } from '#test/support/reference/value.ts';
import { gradientRules } from './rules.ts';

const withRule = Object.keys(operatorCases).filter((name) => {
  const { opType, differentiable } = caseOf(name, 1);
  return gradientRules[opType] !== undefined && differentiable !== 0;
});

test.each(withRule)('%s', async (name) => {
  await checkGradientsOf(name);
});

const pools = withRule.filter((name) => caseOf(name, 1).opType === 'MaxPool');

test.each(pools)('%s on the processor alone', async (name) => {
  await checkGradientsOf(name, 'cpu');
});

test('every rule is tried', () => {
  const tried = new Set(withRule.map((name) => caseOf(name, 1).opType));
  expect(Object.keys(gradientRules).filter((name) => !tried.has(name))).toEqual([]);
});

test('gradients are made of operators that run on processors and, by WebGPU, on graphics cards', () => {
  // onnxruntime/core/providers/webgpu/webgpu_execution_provider.cc
  const runnable = new Set(
    (
      'Add Sub Mul Div Neg Pow Sqrt Exp Log Erf Tanh Sigmoid HardSigmoid Equal Greater Less Where Cast Reshape Transpose Expand ' +
      'Slice Concat Pad ScatterND CumSum ReduceSum MatMul Gemm Conv ConvTranspose Softmax'
    ).split(' '),
  );
  const seeds = [1, 2, 3, 4, 5, 6];
  const made = withRule.flatMap((name) => seeds.flatMap((seed) => gradientOperators(name, seed)));
  expect([...new Set(made)].filter((opType) => !runnable.has(opType))).toEqual([]);
});

test('the slope of a root has a bound: a zero before it stays without effect', () => {
  const { builder, gradients } = withGradients({
    build: (graph) => [graph.node('Sqrt', [graph.node('Relu', ['x'])])],
    feeds: { x: real([3], [-1, 0, 4]) },
  });
  const values = evaluate(programOf(builder), { x: real([3], [-1, 0, 4]) });
  const slopes = must(values.get(must(gradients[0], 'of x')), 'a gradient').data;
  expect(Array.from(slopes).every(Number.isFinite)).toBe(true);
  expect(slopes[0]).toBeCloseTo(0, 12);
});
