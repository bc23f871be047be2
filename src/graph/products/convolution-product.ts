import { must } from '#base/assert.ts';
import { int } from '../attribute.ts';
import { kernelPositions, seenBy } from '../gradients/kernel.ts';
import type { Ops } from '../gradients/ops.ts';
import type { Node } from '../model.ts';
import { windowCount, windowsOf, type Window } from '../shapes/windows.ts';

/** The order in which a product wants a filter's axes [M, C, h, w]: channels fastest, as the columns have them. */
export const productOrder: readonly number[] = [0, 2, 3, 1];

/**
 * A convolution as one matrix product over all pixels of all images (im2col: Chellapilla, Puri & Simard 2006).
 * @param node a Conv of one group on images, whose filter is stored as [M, h, w, C]
 * @returns [N, M, …], as the Conv gives it
 */
export function convolutionProduct(node: Node, ops: Ops): string {
  const [image = '', filter = '', bias = ''] = node.inputs;
  const [batch = 0, channels = 0, ...sizes] = ops.dims(image);
  const [count = 0, height = 1, width = 1] = ops.dims(filter);
  const windows = windowsOf(node, sizes, [height, width]);
  const outSizes = windows.map((window, axis) => Number(windowCount(must(sizes[axis], 'a size'), window)));
  const seen = patches(ops, image, { windows, outSizes });
  const columns = channels * height * width;
  const inputs = [ops.reshape(seen, [-1, columns]), ops.reshape(filter, [count, columns])];
  const product = ops.node('Gemm', bias === '' ? inputs : [...inputs, bias], { transB: int(1) });
  return ops.transpose(ops.reshape(product, [batch, ...outSizes, count]), [0, 3, 1, 2]);
}

/** What each position of the kernel sees, side by side: [N, …, positions · C]. */
function patches(
  ops: Ops,
  image: string,
  { windows, outSizes }: { readonly windows: readonly Window[]; readonly outSizes: readonly number[] },
): string {
  const begins = windows.map(({ padBegin }) => padBegin);
  const ends = windows.map(({ padEnd }) => padEnd);
  const padded = ops.pad(ops.transpose(image, [0, 2, 3, 1]), [0, ...begins, 0], [0, ...ends, 0]);
  const parts = kernelPositions(windows).map((position) => {
    const range = seenBy(position, windows, outSizes);
    return ops.slice(padded, { ...range, axes: range.axes.map((axis) => axis - 1) });
  });
  return ops.concat(parts, 3);
}
