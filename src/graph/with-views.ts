import { int, ints } from './attribute.ts';
import { ModelBuilder } from './builder.ts';
import { chain } from './chain.ts';
import { dataTypeCode } from './data-type.ts';
import { opsetOf, type Model } from './model.ts';
import { float32Tensor, int64Vector } from './tensor.ts';
import { embeddingName } from './with-embedding.ts';
import { pixelsName } from './with-preprocessing.ts';

/** One way to look at an image: a square part of it, enlarged to the whole, perhaps mirrored. */
export interface View {
  /** Where the part begins and how long its side is, as shares of the image's side. */
  readonly left: number;
  readonly top: number;
  readonly side: number;
  readonly isMirrored: boolean;
}

/** Side of the corner crops: 224 of 256 pixels in Krizhevsky et al. 2012. */
const cropSide = 0.875;

/** The whole image and its four corners (Krizhevsky et al. 2012), and all of them mirrored where that is allowed. */
export function cropViews(isMirrorAllowed: boolean): readonly View[] {
  const far = 1 - cropSide;
  const corners = [0, far].flatMap((top) => [0, far].map((left) => ({ left, top, side: cropSide })));
  const parts = [{ left: 0, top: 0, side: 1 }, ...corners];
  const ways = isMirrorAllowed ? [false, true] : [false];
  return ways.flatMap((isMirrored) => parts.map((part) => ({ ...part, isMirrored })));
}

/**
 * Makes the embedding of an image the mean of those of several views of it. Views are resampled by two products with
 * matrices that interpolate linearly, which every runtime has and does alike.
 * @param backbone `pixels` uint8 [N, size, size, 3] → `embedding` [N, dim]
 */
export function withViews(
  backbone: Model,
  { views, size, dim }: { readonly views: readonly View[]; readonly size: number; readonly dim: number },
): Model {
  const opset = opsetOf(backbone);
  const front = new ModelBuilder(backbone.graph.name, opset);
  const pixels = front.input(pixelsName, 'uint8', ['N', size, size, 3]);
  front.output('views', resample(front, pixels, { views, size }), {
    type: 'uint8',
    dims: ['M', size, size, 3],
  });
  const back = new ModelBuilder(backbone.graph.name, opset);
  const embeddings = back.input('embeddings', 'float32', ['M', dim]);
  const byView = back.node('Reshape', [embeddings, back.constant(int64Vector(views.length, -1, dim))]);
  const sum = back.node('ReduceSum', [byView, back.constant(int64Vector(0))], { keepdims: int(0) });
  const mean = back.node('Div', [sum, back.constant(float32Tensor([], [views.length]))]);
  back.output(embeddingName, mean, { type: 'float32', dims: ['N', dim] });
  return chain(chain(front.build(), backbone), back.build());
}

function resample(
  builder: ModelBuilder,
  pixels: string,
  { views, size }: { readonly views: readonly View[]; readonly size: number },
): string {
  const values = builder.node('Cast', [pixels], { to: int(dataTypeCode('float32')) });
  const planes = builder.node('Transpose', [values], { perm: ints([0, 3, 1, 2]) });
  const seen = views.map(({ left, top, side, isMirrored }) => {
    const columns = lineWeights({ start: left, side, size, isMirrored });
    const rows = lineWeights({ start: top, side, size, isMirrored: false });
    const across = builder.constant(float32Tensor([size, size], transposed(columns, size)));
    const down = builder.constant(float32Tensor([size, size], rows));
    return builder.node('MatMul', [down, builder.node('MatMul', [planes, across])]);
  });
  const all = builder.node('Concat', seen, { axis: int(0) });
  const channelsLast = builder.node('Transpose', [builder.node('Round', [all])], {
    perm: ints([0, 2, 3, 1]),
  });
  return builder.node('Cast', [channelsLast], { to: int(dataTypeCode('uint8')) });
}

/** How much each pixel of a line (column) counts in each pixel of its enlarged part (row): size × size. */
export function lineWeights({
  start,
  side,
  size,
  isMirrored,
}: {
  readonly start: number;
  readonly side: number;
  readonly size: number;
  readonly isMirrored: boolean;
}): Float32Array {
  const weights = new Float32Array(size * size);
  for (let to = 0; to < size; to++) {
    const centre = start * size + (to + 0.5) * side - 0.5;
    const from = Math.min(size - 1, Math.max(0, centre));
    const [first, share] = [Math.floor(from), from - Math.floor(from)];
    const row = (isMirrored ? size - 1 - to : to) * size;
    weights[row + first] = 1 - share;
    if (share > 0) weights[row + first + 1] = share;
  }
  return weights;
}

function transposed(matrix: Float32Array, size: number): Float32Array {
  return matrix.map((_, at) => matrix[(at % size) * size + Math.floor(at / size)] ?? NaN);
}
