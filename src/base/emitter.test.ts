import { expect, test } from 'vitest';
import { Emitter } from './emitter.ts';

test('a listener that throws stops neither the emitter nor the others, and is reported once', () => {
  const faults: unknown[] = [];
  const emitter = new Emitter<number>((error) => faults.push(error));
  const heard: number[] = [];
  const fault = new Error('broken window');
  emitter.on((event) => {
    heard.push(-event);
    throw fault;
  });
  const dispose = emitter.on((event) => heard.push(event));
  emitter.emit(1);
  emitter.emit(2);
  dispose();
  emitter.emit(3);
  expect(heard).toEqual([-1, 1, -2, 2, -3]);
  expect(faults).toEqual([fault]);
});
