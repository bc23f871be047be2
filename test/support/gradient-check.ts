import fc from 'fast-check';
import { must } from '../../src/base/assert.ts';
import { ProblemError } from '../../src/base/problem.ts';
import { seededRandom, type Random } from '../../src/base/random.ts';
import { ModelBuilder, standardOpset } from '../../src/graph/builder.ts';
import { differentiate } from '../../src/graph/differentiate.ts';
import { Ops, type Device } from '../../src/graph/gradients/ops.ts';
import { float32Tensor } from '../../src/graph/tensor.ts';
import { runOnnx } from './onnxruntime.ts';
import { addCase, addInputs, caseOf, feedsOf } from './operator-cases/all.ts';
import type { OperatorCase } from './operator-cases/case.ts';
import { evaluate, programOf, type Feeds, type Program } from './reference/evaluate.ts';
import { countOf, real, type Value } from './reference/value.ts';

/** A graph whose gradients are checked. */
export interface GradientCheck {
  /** Adds the graph to a builder that has the feeds as inputs; returns the values that the loss is made of. */
  readonly build: (builder: ModelBuilder) => readonly string[];
  /** Far enough from kinks for difference quotients. */
  readonly feeds: Feeds;
  /** Values to differentiate with respect to, known when the graph is built; all real inputs unless said otherwise. */
  readonly of?: () => readonly string[];
  readonly opset?: number;
  readonly device?: Device;
}

/** A scalar and its gradients in one graph. */
export interface Differentiated {
  readonly builder: ModelBuilder;
  /** The graph without the gradients. */
  readonly forward: Program;
  readonly loss: string;
  readonly of: readonly string[];
  /** Names of the gradients, in the order of `of`. */
  readonly gradients: readonly string[];
}

/** Step of the difference quotients, whose error is of the fourth order. */
const step = 1e-3;
const directionsPerValue = 2;

/**
 * Differentiates a weighted sum of a graph's outputs, and throws unless the gradients are right: the reference's in
 * double precision against its own difference quotients along random directions, within 1e-6, and onnxruntime's
 * against the reference's, within 1e-4.
 */
export async function checkGradients(check: GradientCheck): Promise<void> {
  const differentiated = withGradients(check);
  const values = evaluate(programOf(differentiated.builder), check.feeds);
  const gradients = differentiated.gradients.map((name) => must(values.get(name), name));
  differentiated.of.forEach((name, i) => {
    const at = { name, value: must(values.get(name), name), gradient: must(gradients[i], name) };
    checkDirections(differentiated, check.feeds, at);
  });
  await checkOnnx(differentiated, check.feeds, gradients);
}

/** Checks the gradients of random cases of an operator (by a name among the operator cases). */
export async function checkGradientsOf(name: string, device: Device = 'any', runs = 15): Promise<void> {
  const property = fc.asyncProperty(fc.nat(), (seed) =>
    checkGradients({ ...checkOf(caseOf(name, seed), seed % 2 === 0 ? 17 : 18), device }),
  );
  await fc.assert(property, { numRuns: runs, endOnFailure: true });
}

/** The kinds of operators that the gradients of a random case are made of. */
export function gradientOperators(name: string, seed: number): readonly string[] {
  const { builder, forward } = withGradients(checkOf(caseOf(name, seed), 17));
  return builder.nodes.slice(forward.nodes.length).map(({ opType }) => opType);
}

/** The check of a case, in an operator set that it can be written in. */
export function checkOf(each: OperatorCase, opset: number): GradientCheck {
  return {
    build: (builder) => addCase(builder, each, 'x').slice(0, each.differentiable),
    feeds: feedsOf(each, 'x'),
    opset: each.opset ?? opset,
  };
}

/** The graph with its loss, differentiated. */
export function withGradients(check: GradientCheck): Differentiated {
  const { build, feeds, of, opset = standardOpset, device = 'any' } = check;
  const builder = new ModelBuilder('gradients', opset);
  addInputs(builder, feeds);
  const loss = addLoss(builder, build(builder));
  const forward = programOf(builder);
  const wanted = of?.() ?? Object.keys(feeds).filter((name) => feeds[name]?.type === 'float32');
  const result = differentiate(builder, { loss, of: wanted, device });
  if (!result.ok) throw new ProblemError(result.error);
  return { builder, forward, loss, of: wanted, gradients: result.value };
}

/** Σ over all elements of all outputs, each times a weight of its own. */
function addLoss(builder: ModelBuilder, outputs: readonly string[]): string {
  const ops = new Ops(builder);
  const random = seededRandom(7);
  const sums = outputs.map((output) => {
    const dims = builder.dims(output);
    const weights = builder.constant(float32Tensor(dims, noise(random, countOf(dims))));
    return ops.sum(ops.mul(output, weights), [...dims.keys()]);
  });
  return sums.reduce((sum, each) => ops.add(sum, each));
}

function noise(random: Random, count: number): readonly number[] {
  return Array.from({ length: count }, () => 2 * random.next() - 1);
}

interface Place {
  readonly name: string;
  readonly value: Value;
  readonly gradient: Value;
}

function checkDirections(
  { forward, loss }: Differentiated,
  feeds: Feeds,
  { name, value, gradient }: Place,
): void {
  const random = seededRandom(value.data.length);
  for (let i = 0; i < directionsPerValue; i++) {
    const direction = noise(random, value.data.length);
    const lossAt = (distance: number): number => {
      const moved = real(
        value.dims,
        value.data.map((x, at) => x + distance * (direction[at] ?? 0)),
      );
      return must(evaluate(forward, { ...feeds, [name]: moved }).get(loss)?.data[0], 'the loss');
    };
    const slope = (8 * (lossAt(step) - lossAt(-step)) - (lossAt(2 * step) - lossAt(-2 * step))) / (12 * step);
    const shares = direction.map((x, at) => x * (gradient.data[at] ?? NaN));
    const found = shares.reduce((sum, share) => sum + share, 0);
    const scale = shares.reduce((sum, share) => sum + Math.abs(share), 1e-2);
    const isClose = Math.abs(found - slope) <= 1e-6 * Math.max(scale, Math.abs(slope));
    if (!isClose) throw new Error(`along the gradient of ${name} the loss grows by ${slope}, not ${found}`);
  }
}

async function checkOnnx(
  { builder, of, gradients }: Differentiated,
  feeds: Feeds,
  expected: readonly Value[],
): Promise<void> {
  gradients.forEach((gradient, i) => {
    builder.output(`d_${i}`, gradient, { type: 'float32', dims: builder.dims(gradient) });
  });
  const found = await runOnnx(builder.build(), feeds);
  of.forEach((name, i) => {
    const [actual, value] = [must(found.get(`d_${i}`), name), must(expected[i], name)];
    const scale = value.data.reduce((top, x) => Math.max(top, Math.abs(x)), 1);
    const isClose = value.data.every((x, at) => Math.abs(x - (actual.data[at] ?? NaN)) <= 1e-4 * scale);
    if (!isClose)
      throw new Error(`onnxruntime's gradient of ${name}: ${actual.data.join()}, not ${value.data.join()}`);
  });
}
