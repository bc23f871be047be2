import { test } from 'vitest';
import { expectClose, matrixOf, oracleCases } from '#test/support/oracle.ts';
import { regressionOf } from './logistic-head.ts';
import { plainAlgebra } from './plain-algebra.ts';
import { evaluate } from './softmax-objective.ts';

const cases = oracleCases('focal-ldam.json').filter(({ inputs }) => 'gamma' in inputs);

// With an identity for features, the coefficients are the logits: row by class, transposed.
test.each(cases)('$name', async ({ inputs, expected, tolerance }) => {
  const logits = inputs['logits'] as number[][];
  const [rows, classCount] = [logits.length, logits[0]!.length];
  const identity = logits.map((_, row) => logits.map((__, col) => Number(row === col)));
  const labels = Int32Array.from(inputs['y'] as number[]);
  const examples = { features: matrixOf(identity), labels, classCount };
  const regression = regressionOf(examples, 0, { gamma: inputs['gamma'] as number });
  const point = new Float64Array(classCount * (rows + 1));
  for (const [row, own] of logits.entries())
    for (const [k, logit] of own.entries()) point[k * rows + row] = logit;
  const [found] = await evaluate(plainAlgebra(), examples, [{ regression, point }]);
  expectClose(found!.value, expected['meanLoss'], tolerance);
  const gradient = logits.map((own, row) => own.map((_, k) => found!.gradient[k * rows + row]!));
  expectClose(gradient, expected['gradientOfMean'], tolerance);
  const sums = Array.from({ length: classCount }, (_, k) => gradient.reduce((sum, own) => sum + own[k]!, 0));
  expectClose(found!.gradient.subarray(classCount * rows), sums, 1e-12);
});
