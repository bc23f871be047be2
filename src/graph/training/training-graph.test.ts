import { expect, test } from 'vitest';
import { noise, oneHot } from '#test/support/loss-check.ts';
import { evaluate, programOf } from '#test/support/reference/evaluate.ts';
import { real, type Value } from '#test/support/reference/value.ts';
import { must } from '#base/assert.ts';
import { seededRandom } from '#base/random.ts';
import { ModelBuilder } from '../builder.ts';
import { coral } from '../losses/coral.ts';
import { crossEntropy } from '../losses/cross-entropy.ts';
import type { DomainTerm } from '../losses/domain-term.ts';
import { domainClassifier, reversedDomainLoss } from '../losses/gradient-reversal.ts';
import type { Model } from '../model.ts';
import { float32Tensor } from '../tensor.ts';
import { storeParameters } from './parameter-vector.ts';
import { trainingGraph, type TrainingGraph } from './training-graph.ts';

const [batch, classCount, dim] = [6, 3, 4];

/** [N, 5] → [N, 4]. */
function backbone(): Model {
  const builder = new ModelBuilder('small', 18);
  const x = builder.input('x', 'float32', ['N', 5]);
  const weight = builder.constant(float32Tensor([5, dim], noise([5, dim], 1).data), 'weight');
  const embedding = builder.node('Tanh', [builder.node('MatMul', [x, weight])]);
  return builder.output('embedding', embedding, { type: 'float32', dims: ['N', dim] }).build();
}

function graphOf(domainTerm: DomainTerm | null): TrainingGraph {
  const head = { coefficients: new Float32Array(classCount * dim), intercepts: new Float32Array(classCount) };
  const graph = trainingGraph({
    backbone: backbone(),
    head: { classCount, dim, ...head },
    ...{ batch, domainTerm, device: 'any' },
    loss: (ops, { logits, targets }) => crossEntropy(ops, logits, targets),
    isTrained: (name) => name === 'weight',
  });
  if (!graph.ok) throw new Error(graph.error.reason);
  return graph.value;
}

const feeds = {
  x: noise([batch, 5], 2),
  targets: oneHot([0, 1, 2, 0, 1, 2], classCount, 0.1),
  weights: real([batch], [0.25, 0.25, 0.25, 0.25, 0, 0]),
  domains: real([batch], [0, 1, 0, 1, 1, -1]),
};

interface Outcome {
  readonly loss: number;
  readonly gradient: Float64Array;
}

function stepOf({ step }: TrainingGraph): (parameters: Value) => Outcome {
  const program = programOf(step);
  return (parameters) => {
    const values = evaluate(program, { ...feeds, parameters });
    const loss = must(must(values.get('loss'), 'a loss').data[0], 'a loss');
    return { loss, gradient: must(values.get('gradient'), 'a gradient').data };
  };
}

/** Slope of the loss along each parameter. */
function slopesAt(run: (parameters: Value) => Outcome, at: Value): number[] {
  const moved = (i: number, by: number): Value =>
    real(
      at.dims,
      at.data.map((x, j) => (i === j ? x + by : x)),
    );
  return Array.from(at.data, (_, i) => (run(moved(i, 1e-5)).loss - run(moved(i, -1e-5)).loss) / 2e-5);
}

function randomParameters({ parameters }: TrainingGraph): Value {
  const random = seededRandom(6);
  const count = parameters.reduce((sum, parameter) => sum + parameter.count, 0);
  return real(
    [count],
    Float64Array.from({ length: count }, () => random.normal() / 2),
  );
}

const reversal: DomainTerm = {
  add: (ops, values) => ops.mul(reversedDomainLoss(ops, values), 0.7),
  opponents: domainClassifier(dim),
};

test('a network descends where the classifier of domains climbs', () => {
  const graph = graphOf(reversal);
  const [run, at] = [stepOf(graph), randomParameters(graph)];
  const { gradient } = run(at);
  const slopes = slopesAt(run, at);
  expect(graph.parameters.map(({ name }) => name)).toEqual([
    ...['weight', 'head weight', 'head bias'],
    ...['domain weight', 'domain bias'],
  ]);
  for (const { name, offset, count } of graph.parameters) {
    const sign = reversal.opponents.has(name) ? -1 : 1;
    for (let i = offset; i < offset + count; i++) {
      expect(gradient[i]).toBeCloseTo(sign * must(slopes[i], 'a slope'), 8);
    }
    expect(Math.max(...slopes.slice(offset, offset + count).map(Math.abs))).toBeGreaterThan(1e-4);
  }
});

test('the term counts by its weight, also for units without a label', () => {
  const term: DomainTerm = { add: (ops, values) => ops.mul(coral(ops, values), 3), opponents: new Map() };
  const [plain, added] = [graphOf(null), graphOf(term)];
  const at = randomParameters(plain);
  const [run, runPlain] = [stepOf(added), stepOf(plain)];
  const extra = run(at).loss - runPlain(at).loss;
  expect(extra).toBeGreaterThan(0);
  const { gradient } = run(at);
  slopesAt(run, at).forEach((slope, i) => expect(gradient[i]).toBeCloseTo(slope, 8));
});

test('opponents are no part of what a network computes', () => {
  const graph = graphOf(reversal);
  const trained = storeParameters(
    graph.network,
    graph.parameters,
    Float32Array.from(randomParameters(graph).data),
  );
  const read = trained.graph.nodes.flatMap(({ inputs }) => inputs);
  expect([...reversal.opponents.keys()].filter((name) => read.includes(name))).toEqual([]);
});
