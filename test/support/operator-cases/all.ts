import { seededRandom } from '../../../src/base/random.ts';
import { must } from '../../../src/base/assert.ts';
import type { ModelBuilder } from '../../../src/graph/builder.ts';
import { float32Tensor, int64Tensor, rawTensor, type Tensor } from '../../../src/graph/tensor.ts';
import type { Feeds } from '../reference/evaluate.ts';
import type { Value } from '../reference/value.ts';
import { Picker, type CaseMakers, type OperatorCase } from './case.ts';
import { convolutionCases } from './convolution.ts';
import { elementwiseCases } from './elementwise.ts';
import { layoutCases } from './layout.ts';
import { statisticsCases } from './statistics.ts';

/** Makers of random cases by the name of an operator, or of one of its forms. */
export const operatorCases: CaseMakers = {
  ...elementwiseCases,
  ...convolutionCases,
  ...layoutCases,
  ...statisticsCases,
};

/** A random case; the same seed gives the same. */
export function caseOf(name: string, seed: number): OperatorCase {
  const maker = must(operatorCases[name], `cases of ${name}`);
  return maker(new Picker(seededRandom(seed)));
}

/** The inputs of a case that are fed, by names that begin like this. */
export function feedsOf({ inputs, stored = [] }: OperatorCase, prefix: string): Feeds {
  const fed = inputs.map((value, position) => {
    const isFed = value !== null && value.type !== 'int64' && !stored.includes(position);
    return isFed ? { [`${prefix}_${position}`]: value } : {};
  });
  return Object.assign({}, ...fed) as Feeds;
}

/** Declares the inputs that are fed. */
export function addInputs(builder: ModelBuilder, feeds: Feeds): void {
  for (const [name, { type, dims }] of Object.entries(feeds)) builder.input(name, type, dims);
}

/** Adds the node of a case, and what it stores, to a graph whose inputs have the names of the feeds. */
export function addCase(builder: ModelBuilder, each: OperatorCase, prefix: string): readonly string[] {
  const feeds = feedsOf(each, prefix);
  const names = each.inputs.map((value, position) => {
    const name = `${prefix}_${position}`;
    return value === null ? '' : name in feeds ? name : builder.constant(tensorOf(value), name);
  });
  const { opType, attributes = {}, outputs = 1 } = each;
  return builder.nodeOf(opType, names, { outputs, attributes });
}

/** The value as a stored tensor. */
export function tensorOf({ type, dims, data }: Value): Tensor {
  if (type === 'int64') return int64Tensor(dims, [...data]);
  return type === 'bool' ? rawTensor('bool', dims, Uint8Array.from(data)) : float32Tensor(dims, data);
}
