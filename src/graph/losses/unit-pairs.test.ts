import { expect, test } from 'vitest';
import { addInputs } from '#test/support/operator-cases/all.ts';
import { oneHot, rows } from '#test/support/loss-check.ts';
import { evaluate, programOf } from '#test/support/reference/evaluate.ts';
import { real } from '#test/support/reference/value.ts';
import { must } from '#base/assert.ts';
import { ModelBuilder } from '../builder.ts';
import { Ops } from '../gradients/ops.ts';
import { unitPairs } from './unit-pairs.ts';

test('who is alike, who is not, and who is no part of the batch', () => {
  const feeds = {
    embedding: rows([3, 0], [0, 2], [1, 1], [5, 5]),
    targets: oneHot([0, 0, 1, 0], 2, 0.2),
    weights: real([4], [0.3, 0.3, 0.3, 0]),
  };
  const builder = new ModelBuilder('pairs', 18);
  addInputs(builder, feeds);
  const names = { embedding: 'embedding', targets: 'targets', weights: 'weights' };
  const pairs = unitPairs(new Ops(builder), names);
  const values = evaluate(programOf(builder), feeds);
  const found = (name: string): number[] => [...must(values.get(name), name).data];
  expect(found(pairs.alike)).toEqual([0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  expect(found(pairs.unlike)).toEqual([0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0]);
  const [cosines, half] = [found(pairs.similarity), Math.SQRT1_2];
  [1, 0, half, half].forEach((cosine, i) => expect(cosines[i]).toBeCloseTo(cosine, 6));
});
