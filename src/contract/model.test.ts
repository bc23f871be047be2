import { expect, test } from 'vitest';
import type { z } from 'zod';
import { modelProcedures } from './model.ts';

test('a backbone takes squares of 8 to 1024 whole pixels, or says itself what it takes', () => {
  const input = modelProcedures.addBackbone['~orpc'].inputSchema as z.ZodType;
  const isTaken = (size: unknown): boolean => input.safeParse({ file: 'x.onnx', id: null, size }).success;
  expect([null, 8, 224, 1024].filter(isTaken)).toEqual([null, 8, 224, 1024]);
  expect([-5, 0, 7, 160.5, 1025, 1e9, NaN, '160'].filter(isTaken)).toEqual([]);
});
