import { expect, test } from 'vitest';
import { checkGradientsOf } from '#test/support/gradient-check.ts';
import { caseOf, operatorCases } from '#test/support/operator-cases/all.ts';
import { gradientRules } from './rules.ts';

const withRule = Object.keys(operatorCases).filter((name) => {
  const { opType, differentiable } = caseOf(name, 1);
  return gradientRules[opType] !== undefined && differentiable !== 0;
});

test.each(withRule)('%s', async (name) => {
  await checkGradientsOf(name);
});

test('every rule is tried', () => {
  const tried = new Set(withRule.map((name) => caseOf(name, 1).opType));
  expect(Object.keys(gradientRules).filter((name) => !tried.has(name))).toEqual([]);
});
