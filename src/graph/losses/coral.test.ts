import { expect, test } from 'vitest';
import { checkLoss, lossNumbers, noise, rows } from '#test/support/loss-check.ts';
import { expectClose, oracleCases } from '#test/support/oracle.ts';
import { real } from '#test/support/reference/value.ts';
import type { Ops } from '../gradients/ops.ts';
import { coral } from './coral.ts';

const loss = (ops: Ops): string => coral(ops, { embedding: 'embedding', domains: 'domains' });

test.each(oracleCases('coral.json'))('$name', ({ inputs, expected, tolerance }) => {
  const { source, target } = inputs as { source: number[][]; target: number[][] };
  const domains = [...source.map(() => 0), ...target.map(() => 1)];
  const feeds = { embedding: rows(...source, ...target), domains: real([domains.length], domains) };
  expectClose(lossNumbers(loss, feeds, []).loss, [expected['lossFrobenius']], tolerance);
});

const embedding = noise([8, 3], 3);
const domains = real([8], [0, 1, 1, 0, -1, 1, 0, 0]);

test('units of neither domain get a gradient of exactly 0', () => {
  const [gradient = []] = lossNumbers(loss, { embedding, domains }, ['embedding']).gradients;
  expect(gradient.slice(12, 15).map(Math.abs)).toEqual([0, 0, 0]);
  expect(gradient.slice(0, 3).every((slope) => slope !== 0)).toBe(true);
});

test('a domain that is moved as a whole lies as before', () => {
  const moved = embedding.data.map((x, at) => (domains.data[Math.floor(at / 3)] === 1 ? x + 4 : x));
  const [before, after] = [embedding, real([8, 3], moved)].map((rowsOf) =>
    lossNumbers(loss, { embedding: rowsOf, domains }, []),
  );
  expectClose(after?.loss, before?.loss, 1e-9);
});

test.each([[[0, 0, 0, 0, 0, 0, 0, 0]], [[0, 0, 1, 0, 0, 0, 0, 0]], [[-1, -1, -1, -1, -1, -1, -1, -1]]])(
  'a batch without two units of each domain has no loss: %s',
  (only) => {
    const found = lossNumbers(loss, { embedding, domains: real([8], only) }, ['embedding']);
    expect(found.loss.map(Math.abs)).toEqual([0]);
    expect(found.gradients[0]?.every((slope) => slope === 0)).toBe(true);
  },
);

test('gradients', async () => {
  await checkLoss(loss, { embedding, domains }, ['embedding']);
});
