import { must } from '#base/assert.ts';
import { attributeOf } from '../attribute.ts';
import { throughLinearMap } from './linear-map.ts';
import type { Ops } from './ops.ts';
import type { GradientRule, Step } from './rule.ts';

/** How many elements were added (below 0: taken away) at both ends of an axis. */
interface AxisPads {
  readonly axis: number;
  readonly size: number;
  readonly begin: number;
  readonly end: number;
}

/** What was added is cut off; in the modes edge and reflect it is a copy, whose gradient goes to the original. */
export const pad: GradientRule = (step, ops) => {
  if (step.needs(2)) step.fail('the number that it fills with is no parameter');
  const mode = attributeOf(step.node, 'mode', 'string') ?? 'constant';
  const pads = padsOf(step, ops);
  if (mode === 'constant') return [cropped(ops, step.dy, pads)];
  return [pads.reduce((dy, each) => throughCopies(step, ops, { dy, mode, pads: each }), step.dy)];
};

function padsOf(step: Step, ops: Ops): readonly AxisPads[] {
  const dims = ops.dims(step.x(0));
  const stated = must(step.numbers(1), 'pads');
  const axes = step.numbers(3)?.map((axis) => step.axis(axis, dims.length)) ?? [...dims.keys()];
  return axes.map((axis, i) => ({
    axis,
    size: must(dims[axis], 'an axis'),
    begin: must(stated[i], 'a pad'),
    end: must(stated[i + axes.length], 'a pad'),
  }));
}

/** Without what was added, and zeros for what was taken away. */
function cropped(ops: Ops, dy: string, pads: readonly AxisPads[]): string {
  const dims = ops.dims(dy);
  const added = pads.filter(({ begin, end }) => begin > 0 || end > 0);
  const inside =
    added.length === 0
      ? dy
      : ops.slice(dy, {
          axes: added.map(({ axis }) => axis),
          starts: added.map(({ begin }) => Math.max(0, begin)),
          ends: added.map(({ axis, end }) => must(dims[axis], 'an axis') - Math.max(0, end)),
        });
  const missing = (side: 'begin' | 'end'): readonly number[] =>
    dims.map((_, axis) => Math.max(0, -(pads.find((each) => each.axis === axis)?.[side] ?? 0)));
  return ops.pad(inside, missing('begin'), missing('end'));
}

function throughCopies(
  step: Step,
  ops: Ops,
  { dy, mode, pads: { axis, size, begin, end } }: { dy: string; mode: string; pads: AxisPads },
): string {
  if (begin === 0 && end === 0) return dy;
  const originalOf = originals[mode] ?? step.fail(`it fills in the mode ${mode}`);
  const sources = Array.from({ length: begin + size + end }, (_, at) => [
    { position: originalOf(at - begin, size), weight: 1 },
  ]);
  return throughLinearMap(ops, dy, { axis, size, sources });
}

/** The element that a place inside or outside of an axis shows. */
const originals: Readonly<Record<string, (place: number, size: number) => number>> = {
  edge: (place, size) => Math.min(Math.max(place, 0), size - 1),
  reflect: (place, size) => {
    const period = Math.max(1, 2 * (size - 1));
    const within = ((place % period) + period) % period;
    return Math.min(within, period - within);
  },
  wrap: (place, size) => ((place % size) + size) % size,
};
