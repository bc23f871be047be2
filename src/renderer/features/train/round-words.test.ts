import { expect, it } from 'vitest';
import { roundWords } from './round-words.ts';

const words = (value: number, low: number, high: number) => roundWords({ gain: { value, low, high } });

it('says better or worse only where the interval leaves no doubt', () => {
  expect(words(0.018, 0.004, 0.03)).toMatchObject({ key: 'train.round.gained', gain: 0.018 });
  expect(words(-0.018, -0.03, -0.004)).toEqual({
    key: 'train.round.lost',
    gain: 0.018,
    low: 0.004,
    high: 0.03,
  });
  expect(words(0.01, -0.001, 0.02).key).toBe('train.round.unclear');
  expect(words(0, 0, 0).key).toBe('train.round.unclear');
});
