import { int } from './attribute.ts';
import { ModelBuilder } from './builder.ts';
import type { Model } from './model.ts';
import { float32Tensor, readFloat32 } from './tensor.ts';

/** A linear classifier of embeddings whose softmax is calibrated. */
export interface HeadWeights {
  readonly classCount: number;
  readonly dim: number;
  /** classes × dim. */
  readonly coefficients: Float32Array;
  /** −Infinity for a class that is never predicted. */
  readonly intercepts: Float32Array;
}

// Softmax makes exactly 0 of it, and no runtime stumbles over an infinity.
const never = -1e4;

/** The head as a model of its own: `embedding` [N, dim] → `probabilities` [N, classes]. */
export function headGraph(
  head: HeadWeights,
  metadata: Readonly<Record<string, string>>,
  opset?: number,
): Model {
  const builder = new ModelBuilder('head', opset);
  const embedding = builder.input('embedding', 'float32', ['N', head.dim]);
  const coefficients = builder.constant(
    float32Tensor([head.classCount, head.dim], head.coefficients),
    'coefficients',
  );
  const intercepts = builder.constant(
    float32Tensor(
      [head.classCount],
      head.intercepts.map((value) => Math.max(value, never)),
    ),
    'intercepts',
  );
  const logits = builder.node('Gemm', [embedding, coefficients, intercepts], { transB: int(1) });
  const probabilities = builder.node('Softmax', [logits], { axis: int(-1) });
  return builder
    .output('probabilities', probabilities, { type: 'float32', dims: ['N', head.classCount] })
    .metadata(metadata)
    .build();
}

/** The numbers of a head that `headGraph` made; null for another model. */
export function readHead({ graph }: Model): HeadWeights | null {
  const coefficients = graph.initializers.get('coefficients');
  const intercepts = graph.initializers.get('intercepts');
  if (!coefficients || !intercepts) return null;
  const [classCount = 0, dim = 0] = coefficients.dims;
  return { classCount, dim, coefficients: readFloat32(coefficients), intercepts: readFloat32(intercepts) };
}
