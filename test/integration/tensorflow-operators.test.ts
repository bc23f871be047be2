import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#base/assert.ts';
import { gradientRules } from '#graph/gradients/rules.ts';
import type { TensorFlow } from '#trainer/tensorflow/tensor-flow.ts';
import { checkOf, withGradients, type GradientCheck } from '../support/gradient-check.ts';
import { caseOf, operatorCases } from '../support/operator-cases/all.ts';
import type { OperatorCase } from '../support/operator-cases/case.ts';
import { print } from '../support/print.ts';
import { evaluate, programOf } from '../support/reference/evaluate.ts';
import { real } from '../support/reference/value.ts';
import { plainTensorFlow, tensorFlowGradients, worstDifference } from '../support/tensorflow.ts';

const casesPerOperator = 20;
const tolerance = 1e-3;

let tf: TensorFlow;
let worst = { name: '', difference: 0 };
beforeAll(async () => {
  tf = await plainTensorFlow();
});
afterAll(() => print(`Farthest from TensorFlow.js: ${worst.name}, ${worst.difference.toExponential(1)}`));

/** How far the gradients of TensorFlow.js are from those that `differentiate` writes, in double precision. */
function differenceOf({ feeds, ...check }: GradientCheck): number {
  const { builder, loss, of, gradients } = withGradients({ feeds, ...check });
  const values = evaluate(programOf(builder), feeds);
  const expected = [loss, ...gradients].map((name) => must(values.get(name), name).data);
  const varied = Object.fromEntries(of.map((name) => [name, must(feeds[name], name)]));
  return worstDifference(tensorFlowGradients(tf, { program: builder, loss, of: varied, feeds }), expected);
}

const differentiable = Object.keys(operatorCases).filter((name) => {
  const { opType, differentiable: through } = caseOf(name, 1);
  return gradientRules[opType] !== undefined && through !== 0;
});

test.each(differentiable)('%s: its gradients are those of TensorFlow.js', (name) => {
  for (let seed = 0; seed < casesPerOperator; seed++) {
    const difference = differenceOf(checkOf(caseOf(name, seed), seed % 2 === 0 ? 17 : 18));
    expect(difference, `case ${seed}`).toBeLessThan(tolerance);
    if (difference > worst.difference) worst = { name, difference };
  }
});

test('every operator that has a gradient rule is tried', () => {
  const tried = new Set(differentiable.map((name) => caseOf(name, 1).opType));
  expect(Object.keys(gradientRules).filter((name) => !tried.has(name))).toEqual([]);
});

const volume = real(
  [1, 1, 2, 2, 2],
  Array.from({ length: 8 }, (_, i) => i),
);

/** What TensorFlow.js can't be asked about, with the reason. */
const exceptions: readonly { name: string; each: OperatorCase; reason: string }[] = [
  {
    name: 'ConvTranspose over three axes',
    each: { opType: 'ConvTranspose', inputs: [volume, volume] },
    reason: 'has no gradient for it over three axes',
  },
];

test.each(exceptions)('not compared: $name', async ({ name, each, reason }) => {
  await print(`Not compared with TensorFlow.js: ${name}`);
  expect(() => differenceOf(checkOf(each, 18))).toThrow(reason);
});
