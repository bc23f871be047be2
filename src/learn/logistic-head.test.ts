import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '#base/random.ts';
import { expectClose, matrixOf, oracleCases, rowsOf } from '#test/support/oracle.ts';
import { fitRegressions, headOf, regressionOf, type Weighting } from './logistic-head.ts';
import { plainAlgebra } from './plain-algebra.ts';
import { evaluate, logitsOf, type Examples } from './softmax-objective.ts';
import { softmaxRows } from './temperature.ts';

interface Inputs {
  X: number[][];
  y: number[];
  C: number;
  queryRows?: number[];
  classWeight?: string;
  sampleWeight?: number[];
}

function examplesOf({ X, y }: Inputs): Examples {
  return { features: matrixOf(X), labels: Int32Array.from(y), classCount: Math.max(...y) + 1 };
}

/** scikit-learn's weights; its C·Σw is the inverse of our l2, which stands beside a mean. */
function weightingOf({ classWeight, sampleWeight, y }: Inputs): Weighting {
  if (sampleWeight !== undefined) return { samples: sampleWeight };
  if (classWeight !== 'balanced') return {};
  const classes = [...new Set(y)].sort();
  return { classes: classes.map((k) => y.length / (classes.length * y.filter((one) => one === k).length)) };
}

// One coefficient row for two classes penalises differently from the two rows of a softmax.
const cases = oracleCases('logistic-regression-iris.json').filter((one) => one.inputs.multinomial !== false);
test.each(cases)('$name', async ({ inputs, expected, tolerance }) => {
  const input = inputs as unknown as Inputs;
  const labels = [...new Set(input.y)].sort((a, b) => a - b);
  const relabelled = { ...input, y: input.y.map((label) => labels.indexOf(label)) };
  const examples = examplesOf(relabelled);
  const weighting = weightingOf(relabelled);
  const total = relabelled.y.reduce(
    (sum, label, i) => sum + (weighting.samples?.[i] ?? 1) * (weighting.classes?.[label] ?? 1),
    0,
  );
  const regression = regressionOf(examples, 1 / (input.C * total), weighting);
  const [point] = await fitRegressions(plainAlgebra(), examples, {
    regressions: [regression],
    tolerance: 1e-16,
  });
  const head = headOf(examples, regression, point!);
  if (expected.coef !== undefined) {
    expectClose(rowsOf({ data: head.coefficients, cols: examples.features.cols }), expected.coef, tolerance);
    expectClose(head.intercepts, expected.intercept, tolerance);
  }
  const probabilities = rowsOf(softmaxRows(await logitsOf(plainAlgebra(), examples, [point!])));
  const rows = input.queryRows ?? input.y.map((_, i) => i);
  expectClose(
    rows.map((row) => probabilities[row]),
    expected.probabilities,
    tolerance,
  );
});

function randomExamples(seed: number, classCount: number, rows = 30): Examples {
  const random = seededRandom(seed);
  const labels = Int32Array.from({ length: rows }, (_, i) => i % classCount);
  const data = Float64Array.from(
    { length: rows * 4 },
    (_, i) => random.normal() + ((labels[Math.floor(i / 4)] ?? 0) === i % 4 ? 1 : 0),
  );
  return { features: { data, rows, cols: 4 }, labels, classCount };
}

test('the gradient is the slope of the loss', async () => {
  const examples = randomExamples(1, 3);
  const random = seededRandom(2);
  const regression = regressionOf(examples, 0.1, {
    samples: Array.from({ length: 30 }, () => random.next()),
  });
  const point = Float64Array.from({ length: 15 }, () => random.normal());
  const at = async (shift: number, i: number): Promise<number> => {
    const moved = point.map((value, j) => value + (j === i ? shift : 0));
    return (await evaluate(plainAlgebra(), examples, [{ regression, point: moved }]))[0]!.value;
  };
  const [found] = await evaluate(plainAlgebra(), examples, [{ regression, point }]);
  for (let i = 0; i < point.length; i++) {
    const slope = ((await at(1e-5, i)) - (await at(-1e-5, i))) / 2e-5;
    expect(found!.gradient[i]).toBeCloseTo(slope, 7);
  }
});

test('regressions fitted together are those fitted alone', async () => {
  const examples = randomExamples(3, 3);
  const regressions = [0.01, 0.1, 1].map((l2, k) =>
    regressionOf(examples, l2, { samples: Array.from({ length: 30 }, (_, i) => (i % 5 === k ? 0 : 1)) }),
  );
  const together = await fitRegressions(plainAlgebra(), examples, { regressions, tolerance: 1e-14 });
  for (const [i, regression] of regressions.entries()) {
    const [alone] = await fitRegressions(plainAlgebra(), examples, {
      regressions: [regression],
      tolerance: 1e-14,
    });
    expectClose(together[i]!, Array.from(alone!), 1e-12);
  }
});

test('a class without examples has no probability', async () => {
  const examples = { ...randomExamples(4, 2), classCount: 3 };
  const regression = regressionOf(examples, 0.1);
  const [point] = await fitRegressions(plainAlgebra(), examples, {
    regressions: [regression],
    tolerance: 1e-8,
  });
  const head = headOf(examples, regression, point!);
  expect(head.intercepts[2]).toBe(-Infinity);
  expect(head.coefficients.subarray(8).every((value) => value === 0)).toBe(true);
});

test('renaming classes renames the head', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 1000 }),
      fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
      async (seed, names) => {
        const examples = randomExamples(seed, 4);
        const renamed = { ...examples, labels: examples.labels.map((label) => names[label]!) };
        const fit = async (given: Examples): Promise<number[][]> => {
          const regression = regressionOf(given, 0.05);
          const [point] = await fitRegressions(plainAlgebra(), given, {
            regressions: [regression],
            tolerance: 1e-13,
          });
          return rowsOf({ data: headOf(given, regression, point!).coefficients, cols: 4 });
        };
        const [before, after] = [await fit(examples), await fit(renamed)];
        expectClose(
          before,
          names.map((name) => after[name]!),
          1e-5,
        );
      },
    ),
    { numRuns: 20 },
  );
});
