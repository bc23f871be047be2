import { expect, it } from 'vitest';
import type { ClassId, UnitId } from '#core/ids.ts';
import { decisionFor } from './review-state.ts';

const id = (name: string) => name as ClassId;
it('takes a class key for what it says about this suspect', () => {
  const unit = 'u' as UnitId;
  const item = { unit, given: id('a'), suggested: id('b') };
  expect(decisionFor(item, id('b'))).toEqual({ unit, decision: 'accepted', class: null });
  expect(decisionFor(item, id('a'))).toEqual({ unit, decision: 'kept', class: null });
  expect(decisionFor(item, id('c'))).toEqual({ unit, decision: 'changed', class: 'c' });
});
