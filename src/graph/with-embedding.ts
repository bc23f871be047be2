import { assert } from '#base/assert.ts';
import { int } from './attribute.ts';
import { ModelBuilder } from './builder.ts';
import { chain } from './chain.ts';
import { dataTypeCode, type DataType } from './data-type.ts';
import { opsetOf, type Model } from './model.ts';
import { int64Tensor } from './tensor.ts';

/** The one output of a backbone as Emend stores it: float32 [N, dim]. */
export const embeddingName = 'embedding';

/** What the output of a model was when it ran: its type, and its shape with the batch first. */
export interface ModelOutput {
  readonly type: DataType;
  readonly dims: readonly number[];
}

/**
 * Makes the one output of a model its `embedding`: feature maps are averaged over the image, of a sequence of tokens
 * the first (the class token) is taken.
 */
export function withEmbedding(model: Model, output: ModelOutput): Model {
  const builder = new ModelBuilder(model.graph.name, opsetOf(model));
  const features = builder.input('features', output.type, ['N', ...output.dims.slice(1)]);
  const flat = flatten(builder, features, output.dims);
  const value =
    output.type === 'float32' ? flat : builder.node('Cast', [flat], { to: int(dataTypeCode('float32')) });
  const dim = embeddingDim(output.dims);
  builder.output(embeddingName, value, { type: 'float32', dims: ['N', dim] });
  return chain(model, builder.build());
}

/** Features per image that an output of this shape gives; 0 when it can't be an embedding. */
export function embeddingDim(dims: readonly number[]): number {
  const [, first = 0, second = 0, third = 0] = dims;
  if (dims.length === 2) return first;
  if (dims.length === 3) return second;
  if (dims.length !== 4) return 0;
  return first === 1 && second === 1 ? third : first;
}

function flatten(builder: ModelBuilder, features: string, dims: readonly number[]): string {
  if (dims.length === 2) return features;
  if (dims.length === 3) {
    return builder.node('Gather', [features, builder.constant(int64Tensor([], [0]))], { axis: int(1) });
  }
  assert(dims.length === 4, 'an embedding has 2 to 4 dimensions');
  const isChannelsLast = dims[1] === 1 && dims[2] === 1;
  const pooled = isChannelsLast ? features : builder.node('GlobalAveragePool', [features]);
  return builder.node('Flatten', [pooled]);
}
