import { expect, test } from 'vitest';
import { Lbfgs, type Preconditioner } from './lbfgs.ts';

const none: Preconditioner = (gradient) => gradient.slice();

function minimize(
  of: (x: Float64Array) => { value: number; gradient: number[] },
  options: { start: number[]; preconditioner?: Preconditioner; maxEvaluations?: number },
): { point: Float64Array; evaluations: number } {
  const search = new Lbfgs({
    preconditioner: none,
    ...options,
    start: Float64Array.from(options.start),
    tolerance: 1e-14,
  });
  let evaluations = 0;
  while (!search.isDone) {
    const { value, gradient } = of(search.point);
    search.tell(value, Float64Array.from(gradient));
    evaluations++;
  }
  return { point: search.point, evaluations };
}

// One is added, because the tolerance is a share of the value.
const rosenbrock = ([x = 0, y = 0]: Float64Array): { value: number; gradient: number[] } => ({
  value: 1 + (1 - x) ** 2 + 100 * (y - x * x) ** 2,
  gradient: [-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)],
});

const scales = [1, 10, 100, 1000, 10_000];
const bowl = (x: Float64Array): { value: number; gradient: number[] } => ({
  value: 1 + scales.reduce((sum, scale, i) => sum + 0.5 * scale * (x[i]! - i) ** 2, 0),
  gradient: scales.map((scale, i) => scale * (x[i]! - i)),
});

test('finds the bottom of a bent valley', () => {
  const { point, evaluations } = minimize(rosenbrock, { start: [-1.2, 1] });
  expect(point[0]).toBeCloseTo(1, 5);
  expect(point[1]).toBeCloseTo(1, 5);
  expect(evaluations).toBeLessThan(80);
});

test('an exact preconditioner needs one step', () => {
  const start = [5, 5, 5, 5, 5];
  const exact: Preconditioner = (gradient) => gradient.map((value, i) => value / scales[i]!);
  expect(minimize(bowl, { start, preconditioner: exact }).evaluations).toBe(2);
  const plain = minimize(bowl, { start });
  expect(plain.evaluations).toBeGreaterThan(5);
  for (const [i, value] of plain.point.entries()) expect(value).toBeCloseTo(i, 4);
});

test('gives up after as many evaluations as allowed', () => {
  expect(minimize(rosenbrock, { start: [-1.2, 1], maxEvaluations: 7 }).evaluations).toBe(7);
});
