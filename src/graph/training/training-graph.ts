import { must } from '#base/assert.ts';
import { ok, type Result } from '#base/result.ts';
import { int } from '../attribute.ts';
import { ModelBuilder } from '../builder.ts';
import { differentiate } from '../differentiate.ts';
import { Ops, type Device } from '../gradients/ops.ts';
import type { HeadWeights } from '../head-graph.ts';
import type { DomainTerm } from '../losses/domain-term.ts';
import type { Loss } from '../losses/loss.ts';
import type { Model, Node } from '../model.ts';
import { convolutionProduct, productOrder } from '../products/convolution-product.ts';
import { smallMapFilters } from '../products/small-map-filters.ts';
import { float32Tensor, readFloat32, type Tensor } from '../tensor.ts';
import { layOut, readFromVector, sizeOf, type Parameter } from './parameter-vector.ts';

export interface TrainingSpec {
  /** Its one output is the embedding [N, dim]; of operator set 18 or later, and simplified. */
  readonly backbone: Model;
  /** What the head begins as. */
  readonly head: HeadWeights;
  /** Units in one run of the graph. */
  readonly batch: number;
  readonly loss: Loss;
  /** Added to the loss, as far as the weights of the units add up to 1. */
  readonly domainTerm?: DomainTerm | null;
  /** Whether a stored tensor of the backbone is trained; the head always is. */
  readonly isTrained: (name: string) => boolean;
  /** Where the steps will run. */
  readonly device: Device;
}

export interface TrainingGraph {
  /**
   * The input of the backbone, `targets` [batch, classes], `weights` [batch], `parameters`, and `domains` [batch] where
   * there is a domain term → `loss` (the weighted sum over the batch), `logits` [batch, classes], and `gradient` of the
   * loss, a vector.
   */
  readonly step: Model;
  /** How the vector is made up. */
  readonly parameters: readonly Parameter[];
  /** Parameters that are trained to make the loss large: their `gradient` has the other sign. */
  readonly opponents: ReadonlySet<string>;
  /** Backbone, head and opponents with their stored numbers: where training begins, and where its result is stored. */
  readonly network: Model;
}

const headNames = { weight: 'head weight', bias: 'head bias' };

/** The graph of one training step: a network, its loss, and the gradient of all that is trained. */
export function trainingGraph(spec: TrainingSpec): Result<TrainingGraph> {
  const network = withOpponents(withHead(spec.backbone, spec.head), spec);
  const trained = trainedNames(network, spec);
  const products = smallMapFilters(network);
  const orderOf = (name: string): readonly number[] | null => (products.has(name) ? productOrder : null);
  const parameters = layOut(network, trained, orderOf);
  const builder = forwardPass(readFromVector(network, parameters, 'parameters'), parameters, spec.batch);
  const gradient = addGradient(builder, parameters, spec);
  if (!gradient.ok) return gradient;
  const size = sizeOf(parameters);
  const step = builder
    .output('loss', gradient.value.loss, { type: 'float32', dims: [] })
    .output('gradient', gradient.value.vector, { type: 'float32', dims: [size] })
    .output('logits', 'logits', { type: 'float32', dims: [spec.batch, spec.head.classCount] })
    .build();
  return ok({ step, parameters, opponents: new Set(spec.domainTerm?.opponents.keys()), network });
}

/** What is trained, in the order in which it is stored. */
function trainedNames(network: Model, { isTrained, domainTerm }: TrainingSpec): readonly string[] {
  const added = new Set([headNames.weight, headNames.bias, ...(domainTerm?.opponents.keys() ?? [])]);
  return [...network.graph.initializers.keys()].filter((name) => added.has(name) || isTrained(name));
}

/** The network, which stores the opponents of its loss although it does not read them. */
function withOpponents(network: Model, { domainTerm }: TrainingSpec): Model {
  const opponents = domainTerm?.opponents ?? [];
  const initializers = new Map([...network.graph.initializers, ...opponents]);
  return { ...network, graph: { ...network.graph, initializers } };
}

/** The backbone with a linear layer on its embedding: outputs the embedding, then the `logits`. */
function withHead(backbone: Model, { classCount, dim, coefficients, intercepts }: HeadWeights): Model {
  const embedding = must(backbone.graph.outputs[0], 'the backbone has an output').name;
  const builder = ModelBuilder.of(backbone);
  const weight = builder.constant(float32Tensor([classCount, dim], coefficients), headNames.weight);
  const bias = builder.constant(float32Tensor([classCount], intercepts), headNames.bias);
  const logits = builder.node('Gemm', [embedding, weight, bias], { transB: int(1) });
  return builder.output('logits', logits, { type: 'float32', dims: ['N', classCount] }).build();
}

/** The network for a batch of this size; convolutions whose filters lie as products want them are such products. */
function forwardPass(model: Model, parameters: readonly Parameter[], batch: number): ModelBuilder {
  const reordered = new Set(parameters.filter(({ order }) => order !== null).map(({ name }) => name));
  const builder = ModelBuilder.before(model, { N: batch });
  const ops = new Ops(builder);
  for (const node of model.graph.nodes) {
    const isProduct = node.opType === 'Conv' && reordered.has(node.inputs[1] ?? '');
    builder.append(isProduct ? named(convolutionProduct(node, ops), node) : node);
  }
  return builder;
}

/** A node that gives a value the name of another node's output. */
function named(value: string, { outputs }: Node): Node {
  return {
    name: '',
    opType: 'Identity',
    domain: '',
    inputs: [value],
    outputs,
    attributes: new Map(),
    rest: [],
  };
}

/** The head of a network as its numbers are now. */
export function headOf(network: Model): HeadWeights {
  const stored = (name: string): Tensor =>
    must(network.graph.initializers.get(name), `the network has a ${name}`);
  const [weight, bias] = [stored(headNames.weight), stored(headNames.bias)];
  const [classCount = 0, dim = 0] = weight.dims;
  return { classCount, dim, coefficients: readFloat32(weight), intercepts: readFloat32(bias) };
}

interface Gradient {
  readonly loss: string;
  readonly vector: string;
}

function addGradient(
  builder: ModelBuilder,
  parameters: readonly Parameter[],
  spec: TrainingSpec,
): Result<Gradient> {
  const ops = new Ops(builder);
  const loss = addLoss(ops, spec);
  const names = parameters.map(({ name }) => name);
  const gradients = differentiate(builder, { loss, of: names, device: spec.device });
  if (!gradients.ok) return gradients;
  const flat = gradients.value.map((gradient, i) => {
    const isOpponent = spec.domainTerm?.opponents.has(must(names[i], 'a parameter')) === true;
    return ops.reshape(isOpponent ? ops.neg(gradient) : gradient, [-1]);
  });
  return ok({ loss, vector: ops.concat(flat, 0) });
}

/** Σ over the batch of weight · (loss + domain term). */
function addLoss(ops: Ops, { backbone, batch, head, loss, domainTerm }: TrainingSpec): string {
  const targets = ops.builder.input('targets', 'float32', [batch, head.classCount]);
  const weights = ops.builder.input('weights', 'float32', [batch]);
  const embedding = must(backbone.graph.outputs[0], 'the backbone has an output').name;
  const units = loss(ops, { logits: 'logits', targets, embedding, weights });
  if (!domainTerm) return ops.sum(ops.mul(units, weights), [0]);
  const domains = ops.builder.input('domains', 'float32', [batch]);
  const term = domainTerm.add(ops, { embedding, domains });
  return ops.sum(ops.mul(ops.add(units, term), weights), [0]);
}
