/** What of a `WheelEvent` tells a mouse wheel from a trackpad. */
export interface WheelInput {
  readonly deltaX: number;
  readonly deltaY: number;
  /** 0 pixels, 1 lines, 2 pages. */
  readonly deltaMode: number;
  /** Chromium's older measure: a mouse wheel notch is ±120, a trackpad −3 × delta. */
  readonly wheelDeltaY: number;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

export type WheelIntent =
  | { readonly kind: 'zoom'; readonly factor: number }
  /** How far the image moves, in stage pixels. */
  | { readonly kind: 'pan'; readonly dx: number; readonly dy: number };

/** Zoom per wheel notch. */
const notchFactor = 1.2;
/** Zoom per pixel of a pinch, which browsers report as a wheel with Ctrl held. */
const pinchRate = 0.01;
/** Stage pixels that a wheel notch with Shift moves sideways. */
const notchPx = 80;

/** A notched wheel; fingers on a trackpad move sideways, in small steps, and at a third of `wheelDelta`. */
function isNotched(input: WheelInput): boolean {
  if (input.deltaMode !== 0) return true;
  if (input.deltaX !== 0 && !input.shiftKey) return false;
  if (input.deltaY !== 0 && input.wheelDeltaY === -3 * input.deltaY) return false;
  return input.wheelDeltaY % 120 === 0 || Math.abs(input.deltaY) >= 50;
}

function notches(delta: number): number {
  return Math.max(-3, Math.min(3, delta === 0 ? 0 : Math.sign(delta) * Math.max(1, Math.abs(delta) / 120)));
}

/** A mouse wheel zooms, with Shift it moves sideways; two fingers move, a pinch zooms. */
export function wheelIntent(input: WheelInput): WheelIntent {
  if (!isNotched(input)) {
    if (input.ctrlKey || input.metaKey) return { kind: 'zoom', factor: Math.exp(-input.deltaY * pinchRate) };
    return { kind: 'pan', dx: -input.deltaX, dy: -input.deltaY };
  }
  // With Shift held some systems report a vertical wheel as a horizontal one.
  if (input.shiftKey) return { kind: 'pan', dx: -notches(input.deltaY || input.deltaX) * notchPx, dy: 0 };
  return { kind: 'zoom', factor: notchFactor ** -notches(input.deltaY) };
}
