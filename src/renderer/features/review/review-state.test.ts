import { expect, it } from 'vitest';
import type { ClassId, UnitId } from '#core/ids.ts';
import { decisionFor, worstPair } from './review-state.ts';

const id = (name: string) => name as ClassId;
const suspect = (given: string, suggested: string, wrong: number) => ({
  given: id(given),
  suggested: id(suggested),
  wrong,
});

it('finds the pair with most wrong labels, not the one with most suspects', () => {
  const items = [suspect('a', 'b', 0.2), suspect('a', 'b', 0.2), suspect('b', 'a', 0.9)];
  expect(worstPair(items)).toEqual({ given: 'b', suggested: 'a' });
  expect(worstPair([])).toBeNull();
});

it('takes a class key for what it says about this suspect', () => {
  const unit = 'u' as UnitId;
  const item = { unit, given: id('a'), suggested: id('b') };
  expect(decisionFor(item, id('b'))).toEqual({ unit, decision: 'accepted', class: null });
  expect(decisionFor(item, id('a'))).toEqual({ unit, decision: 'kept', class: null });
  expect(decisionFor(item, id('c'))).toEqual({ unit, decision: 'changed', class: 'c' });
});
