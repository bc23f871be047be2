import { int, ints } from './attribute.ts';
import { ModelBuilder } from './builder.ts';
import { dataTypeCode } from './data-type.ts';
import type { Model } from './model.ts';
import { float32Tensor, int64Vector } from './tensor.ts';
import { embeddingName } from './with-embedding.ts';
import { pixelsName } from './with-preprocessing.ts';

/** Filters with how they are applied. */
export interface FilterBank {
  /** The image is shrunk by this factor first. */
  readonly shrink: number;
  readonly stride: number;
  readonly filters: number;
  /** Responses are averaged in grid × grid cells. */
  readonly grid: number;
  /** filters × 3 × side × side, each summing to 0. */
  readonly weights: Float32Array;
}

/** A patch dictionary as this graph computes it; all lengths in pixels, contrast in grey levels. */
export interface PatchFilters {
  readonly size: number;
  readonly side: number;
  readonly contrastFloor: number;
  readonly threshold: number;
  readonly scales: readonly FilterBank[];
}

/** embedding = features · matrix + offset. */
export interface FeatureProjection {
  /** features × dim. */
  readonly matrix: { readonly data: Float32Array; readonly rows: number; readonly cols: number };
  readonly offset: Float32Array;
}

/**
 * The patch dictionary as a backbone: `pixels` uint8 [N, size, size, 3] → `embedding` float32 [N, dim].
 * Without a projection the embedding is the features themselves, in the order scale, sign, filter, grid row, column.
 */
export function patchDictionaryGraph(
  filters: PatchFilters,
  projection: FeatureProjection | null,
  metadata: Readonly<Record<string, string>> = {},
): Model {
  const { size } = filters;
  const builder = new ModelBuilder('patch-dictionary');
  const pixels = builder.input(pixelsName, 'uint8', ['N', size, size, 3]);
  const floats = builder.node('Cast', [pixels], { to: int(dataTypeCode('float32')) });
  const image = builder.node('Transpose', [floats], { perm: ints([0, 3, 1, 2]) });
  const pooled = filters.scales.map((bank) => addScale(builder, image, { ...filters, bank }));
  const features = builder.node('Concat', pooled, { axis: int(1) });
  const embedding = projection === null ? features : project(builder, features, projection);
  return builder
    .output(embeddingName, embedding, { type: 'float32', dims: ['N', projection?.matrix.cols ?? 'F'] })
    .metadata({
      ...metadata,
      input_size: `${size}`,
      input_layout: 'RGB NHWC',
      input_mean: '0',
      input_std: '1',
    })
    .build();
}

interface Scale extends PatchFilters {
  readonly bank: FilterBank;
}

/** Square roots of the pooled responses beyond the threshold, on either side: [N, 2 · filters · grid²]. */
function addScale(builder: ModelBuilder, image: string, scale: Scale): string {
  const { bank, size, side } = scale;
  const small = shrunk(builder, image, bank.shrink);
  const places = Math.floor((Math.floor(size / bank.shrink) - side) / bank.stride) + 1;
  const weights = builder.constant(float32Tensor([bank.filters, 3, side, side], bank.weights));
  const raw = builder.node('Conv', [small, weights], window(scale));
  const response = builder.node('Div', [raw, contrastOf(builder, small, scale)]);
  const limit = builder.constant(float32Tensor([], [scale.threshold]));
  const opposite = builder.constant(float32Tensor([], [-scale.threshold]));
  const sides = [builder.node('Sub', [response, limit]), builder.node('Sub', [opposite, response])].map(
    (beyond) => pooled(builder, builder.node('Relu', [beyond]), { bank, places }),
  );
  // Nothing changes here while the weights of the means are shares; where they are trained they may fall below 0.
  const means = builder.node('Relu', [builder.node('Concat', sides, { axis: int(1) })]);
  return builder.node('Flatten', [builder.node('Sqrt', [means])]);
}

function shrunk(builder: ModelBuilder, image: string, factor: number): string {
  if (factor === 1) return image;
  const block = ints([factor, factor]);
  return builder.node('AveragePool', [image], { kernel_shape: block, strides: block });
}

function window({ side, bank }: Scale): Record<string, ReturnType<typeof ints>> {
  return { kernel_shape: ints([side, side]), strides: ints([bank.stride, bank.stride]) };
}

/** √(variance + floor²) of the patch at each place, over its pixels and channels: [N, 1, places, places]. */
function contrastOf(builder: ModelBuilder, image: string, scale: Scale): string {
  const averaged = (value: string): string => {
    const overChannels = builder.node('ReduceMean', [value], { axes: ints([1]) });
    return builder.node('AveragePool', [overChannels], window(scale));
  };
  const mean = averaged(image);
  const square = averaged(builder.node('Mul', [image, image]));
  const variance = builder.node('Sub', [square, builder.node('Mul', [mean, mean])]);
  // Rounding may leave a flat patch below 0; Relu also keeps the floor exact.
  const floor = builder.constant(float32Tensor([], [scale.contrastFloor ** 2]));
  return builder.node('Sqrt', [builder.node('Add', [builder.node('Relu', [variance]), floor])]);
}

/** Means over the cells of the grid, as one product with fixed weights: [N, filters, grid²]. */
function pooled(
  builder: ModelBuilder,
  responses: string,
  { bank, places }: { readonly bank: FilterBank; readonly places: number },
): string {
  const shape = builder.constant(int64Vector(0, bank.filters, places * places));
  const flat = builder.node('Reshape', [responses, shape]);
  const cells = bank.grid * bank.grid;
  const weights = float32Tensor([places * places, cells], cellWeights(places, bank.grid));
  return builder.node('MatMul', [flat, builder.constant(weights)]);
}

/** Share of each place in the mean of each cell, places² × grid²: a place on a border belongs to both sides in part. */
function cellWeights(places: number, grid: number): Float32Array {
  const width = places / grid;
  const overlap = (place: number, cell: number): number =>
    Math.max(0, Math.min(place + 1, (cell + 1) * width) - Math.max(place, cell * width)) / width;
  const [cells, weights] = [grid * grid, new Float32Array(places * places * grid * grid)];
  for (let at = 0; at < weights.length; at++) {
    const [place, cell] = [Math.floor(at / cells), at % cells];
    const vertical = overlap(Math.floor(place / places), Math.floor(cell / grid));
    weights[at] = vertical * overlap(place % places, cell % grid);
  }
  return weights;
}

function project(builder: ModelBuilder, features: string, { matrix, offset }: FeatureProjection): string {
  const weights = builder.constant(float32Tensor([matrix.rows, matrix.cols], matrix.data), 'projection');
  const bias = builder.constant(float32Tensor([matrix.cols], offset), 'offset');
  return builder.node('Gemm', [features, weights, bias]);
}
