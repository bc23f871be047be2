import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shareAxis, suspectShares, wilson } from './suspect-share.ts';

const part = (name: string, suspects: number, labels: number) => ({ id: name, name, suspects, labels });

it('gives the intervals of Wilson (1927), also at none and all', () => {
  // Reference values: R 4.3, prop.test(x, n, correct = FALSE).
  expect(wilson(10, 100).low).toBeCloseTo(0.0552, 3);
  expect(wilson(10, 100).high).toBeCloseTo(0.1744, 3);
  expect(wilson(0, 20)).toMatchObject({ value: 0, low: 0 });
  expect(wilson(0, 20).high).toBeCloseTo(0.1611, 3);
});

it('always holds the share and stays between none and all', () => {
  const counts = fc
    .integer({ min: 1, max: 5000 })
    .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
  fc.assert(
    fc.property(counts, ([count, total]) => {
      const { value, low, high } = wilson(count, total);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(low).toBeLessThanOrEqual(value + 1e-12);
      expect(high).toBeGreaterThanOrEqual(value - 1e-12);
      expect(high).toBeLessThanOrEqual(1);
    }),
  );
});

it('names who has more suspects than the rest, only where it can be told', () => {
  const shares = suspectShares([
    part('kim', 60, 300),
    part('lee', 10, 300),
    part('new', 2, 12),
    part('one', 1, 3),
  ]);
  expect(shares.map(({ name, comparison }) => [name, comparison])).toEqual([
    ['kim', 'above'],
    ['new', 'unclear'],
    ['lee', 'below'],
    ['one', 'tooFew'],
  ]);
});

it('compares nobody with nobody', () => {
  expect(suspectShares([part('only', 20, 100), part('none', 0, 0)])).toMatchObject([
    { name: 'only', comparison: 'unclear' },
  ]);
});

it('draws an axis that every interval fits on', () => {
  expect(shareAxis([{ share: wilson(3, 100) }, { share: null }])).toEqual({ from: 0, to: 0.1 });
  expect(shareAxis([{ share: wilson(90, 100) }])).toEqual({ from: 0, to: 1 });
  expect(shareAxis([])).toEqual({ from: 0, to: 0.05 });
});
