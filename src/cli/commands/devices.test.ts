import { expect, test } from 'vitest';
import { rowOf, table } from './devices.ts';

test('what was measured, or why a device cannot be used', () => {
  const cpu = { id: 'cpu', name: 'Xeon', reason: null, gflops: 26.78, gradientError: 2.9e-7 } as const;
  expect(rowOf(cpu)).toEqual(['cpu', '27 GFLOP/s', 'right within 3e-7', 'Xeon']);
  expect(rowOf({ ...cpu, gflops: 0.161 })[1]).toBe('0.16 GFLOP/s');
  const unusable = { id: 'webgpu', name: 'WebGPU', gflops: null, gradientError: null } as const;
  expect(rowOf({ ...unusable, reason: 'Install the driver.' }).at(-1)).toBe('WebGPU: Install the driver.');
});

test('columns stand below each other', () => {
  const rows = [
    ['a', 'long', 'last'],
    ['bcd', '', 'x'],
  ];
  expect(table(rows)).toEqual(['a    long  last', 'bcd        x']);
});
