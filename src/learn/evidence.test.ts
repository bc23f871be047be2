import { expect, test } from 'vitest';
import { matrixOf, rowsOf } from '#test/support/oracle.ts';
import { combineEvidence } from './evidence.ts';

const head = [
  [0.7, 0.2, 0.1],
  [0.3, 0.6, 0.1],
  [0.2, 0.3, 0.5],
  [0.8, 0.1, 0.1],
];
const vote = [
  [0.5, 0.4, 0.1],
  [0.1, 0.1, 0.8],
  [0.3, 0.3, 0.4],
  [0.1, 0.8, 0.1],
];

test('the odds are those of the head times the root of those of the neighbours, to one power', () => {
  const rows = rowsOf(combineEvidence(matrixOf(head), matrixOf(vote), Int32Array.of(0, 1, 2, 1)));
  const powers = rows.flatMap((row, i) =>
    [1, 2].map((k) => {
      const odds = Math.log(head[i]![k]! / head[i]![0]!) + 0.5 * Math.log(vote[i]![k]! / vote[i]![0]!);
      return Math.log(row[k]! / row[0]!) / odds;
    }),
  );
  for (const power of powers) expect(power).toBeCloseTo(powers[0]!, 6);
  expect(powers[0]).toBeGreaterThan(0);
});

test('what the head rules out stays out', () => {
  const rows = rowsOf(
    combineEvidence(
      matrixOf([
        [0.5, 0.5, 0],
        [0.9, 0.1, 0],
      ]),
      matrixOf(vote.slice(0, 2)),
      Int32Array.of(0, 1),
    ),
  );
  expect(rows.map((row) => row[2])).toEqual([0, 0]);
});
