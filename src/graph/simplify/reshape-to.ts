import type { Dimension, Node } from '../model.ts';
import { int64Vector } from '../tensor.ts';
import { standardNode } from './nodes.ts';
import type { Rewriter } from './rewriter.ts';

/** A Reshape of a value to these dimensions; null where they can't be said before running. */
export function reshapeTo(
  graph: Rewriter,
  wanted: {
    readonly input: string;
    readonly output: string;
    readonly dims: readonly Dimension[] | undefined;
  },
): Node | null {
  const { input, output, dims } = wanted;
  const from = graph.facts(input)?.dims;
  const target = from === undefined || dims === undefined ? null : targetOf(from, dims);
  if (target === null) return null;
  const shape = graph.store(int64Vector(...target), graph.unusedName(`${output}_shape`));
  return standardNode('Reshape', [input, shape], { output });
}

/** Sizes as a Reshape takes them: 0 for a named size that stays in its place, −1 for the one that is left. */
export function targetOf(from: readonly Dimension[], to: readonly Dimension[]): readonly number[] | null {
  const target = to.map((dim, axis) => {
    if (typeof dim === 'number') return dim;
    return dim !== null && dim === from[axis] ? 0 : -1;
  });
  const isClear = target.filter((dim) => dim === -1).length <= 1 && !to.includes(0);
  return isClear ? target : null;
}
