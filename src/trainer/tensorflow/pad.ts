import type { Call, Operator } from './call.ts';
import { frame, take } from './moves.ts';

/** Pads before and after each axis; negative ones cut off. */
interface Pads {
  readonly begins: readonly number[];
  readonly ends: readonly number[];
}

export const pad: Operator = (call) => {
  const mode = call.text('mode', 'constant');
  const { begins, ends } = padsOf(call);
  if (mode === 'constant')
    return [call.tf.clone(frame(call.tf, call.x(0), { begins, ends, fill: call.number(2, 0) }))];
  const source = sources[mode] ?? call.fail(`it pads in the mode ${mode}`);
  const padded = call.x(0).shape.reduce((value, size, axis) => {
    const [begin = 0, end = 0] = [begins[axis], ends[axis]];
    const at = Array.from({ length: size + begin + end }, (_, i) => source(i - begin, size));
    return take(call.tf, value, { at, axis });
  }, call.x(0));
  return [call.tf.clone(padded)];
};

function padsOf(call: Call): Pads {
  const { rank } = call.x(0);
  const pads = call.numbers(1) ?? call.fail('it has no pads');
  const axes = (call.numbers(3) ?? [...Array(rank).keys()]).map((axis) => call.axis(axis, rank));
  const [begins, ends] = [Array<number>(rank).fill(0), Array<number>(rank).fill(0)];
  axes.forEach((axis, i) => {
    begins[axis] = pads[i] ?? 0;
    ends[axis] = pads[i + axes.length] ?? 0;
  });
  return { begins, ends };
}

/** Which element stands at a position of the padded axis, counted from the first element. */
const sources: Readonly<Record<string, (position: number, size: number) => number>> = {
  edge: (position, size) => Math.min(Math.max(position, 0), size - 1),
  reflect: (position, size) => {
    const period = Math.max(1, 2 * (size - 1));
    const within = ((position % period) + period) % period;
    return Math.min(within, period - within);
  },
};
