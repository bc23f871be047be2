import { expect, it } from 'vitest';
import type { ClassId } from '#core/ids.ts';
import { blindSpots } from './blind-spots.ts';

const metrics = (name: string, support: number, high: number) => ({
  class: name as ClassId,
  support,
  precision: null,
  recall: { value: high / 2, low: 0, high },
});

it('separates rare classes from those that are not recognised', () => {
  const perClass = [
    metrics('common', 500, 0.9),
    metrics('rare', 4, 0.1),
    metrics('lost', 80, 0.15),
    metrics('gone', 0, 0),
  ];
  expect(blindSpots({ perClass })).toEqual({ rare: ['rare'], unrecognised: ['lost'] });
});
