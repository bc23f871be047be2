import { describe, expect, it } from 'vitest';
import { wheelIntent, type WheelInput } from './wheel.ts';

const still: WheelInput = {
  deltaX: 0,
  deltaY: 0,
  deltaMode: 0,
  wheelDeltaY: 0,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
};

describe('wheelIntent', () => {
  it('zooms in for a wheel turned away, out for one turned back, by the same step', () => {
    const away = wheelIntent({ ...still, deltaY: -100, wheelDeltaY: 120 });
    const back = wheelIntent({ ...still, deltaY: 100, wheelDeltaY: -120 });
    expect(away).toEqual({ kind: 'zoom', factor: 1.2 });
    expect(back.kind === 'zoom' && back.factor * 1.2).toBeCloseTo(1, 9);
  });

  it('takes a wheel that counts lines for a wheel', () => {
    expect(wheelIntent({ ...still, deltaY: 3, deltaMode: 1 }).kind).toBe('zoom');
  });

  it('moves with two fingers, in the direction of the fingers', () => {
    const moved = wheelIntent({ ...still, deltaX: 4, deltaY: -9, wheelDeltaY: 27 });
    expect(moved).toEqual({ kind: 'pan', dx: -4, dy: 9 });
  });

  it('takes a fast swipe straight down for fingers, not for a wheel', () => {
    expect(wheelIntent({ ...still, deltaY: 70, wheelDeltaY: -210 }).kind).toBe('pan');
    expect(wheelIntent({ ...still, deltaY: 80, wheelDeltaY: -240 }).kind).toBe('pan');
  });

  it('zooms with a pinch', () => {
    const pinch = wheelIntent({ ...still, deltaY: -5, wheelDeltaY: 15, ctrlKey: true });
    expect(pinch.kind === 'zoom' && pinch.factor).toBeCloseTo(1.051, 3);
  });

  it('moves sideways with Shift, whichever axis the system reports', () => {
    const vertical = wheelIntent({ ...still, deltaY: 100, wheelDeltaY: -120, shiftKey: true });
    const horizontal = wheelIntent({ ...still, deltaX: 100, shiftKey: true });
    expect(vertical).toEqual({ kind: 'pan', dx: -80, dy: 0 });
    expect(horizontal.kind).toBe('pan');
  });
});
