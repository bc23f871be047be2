import { Tensor } from 'onnxruntime-node';
import { must } from '#base/assert.ts';
import { ProblemError } from '#base/problem.ts';
import { seededRandom, type Random } from '#base/random.ts';
import type { Device } from '#graph/gradients/ops.ts';
import { crossEntropy } from '#graph/losses/cross-entropy.ts';
import { gatherParameters } from '#graph/training/parameter-vector.ts';
import { trainables } from '#graph/training/trainable.ts';
import { trainingGraph, type TrainingGraph } from '#graph/training/training-graph.ts';
import type { Tensors } from '../session.ts';
import { probeNetwork, type ProbeNetwork } from './probe-network.ts';

/** A training step to try a device by. */
export interface Probe {
  readonly graph: TrainingGraph;
  readonly feeds: Tensors;
  /** Floating-point operations of the convolutions in the step. */
  readonly operations: number;
}

export interface ProbeSize {
  /** Side of an image: a multiple of 4. */
  readonly side: number;
  /** Of the first layer. */
  readonly channels: number;
  readonly batch: number;
}

const classCount = 4;

/**
 * The training step of a small convolutional network on random numbers, the same at every call.
 * @param operators what the gradients are made of
 */
export function makeProbe(size: ProbeSize, operators: Device): Probe {
  const random = seededRandom(11);
  const network = probeNetwork(size, random);
  const graph = graphOf(network, { batch: size.batch, operators, random });
  // Gradients with respect to the input of a layer and to its filters cost as much as its output.
  const operations = 3 * size.batch * network.operations;
  return { graph, feeds: feedsOf(graph, size, random), operations };
}

function graphOf(
  { backbone, dim }: ProbeNetwork,
  { batch, operators, random }: { batch: number; operators: Device; random: Random },
): TrainingGraph {
  const trained = new Set(trainables(backbone.graph).map(({ name }) => name));
  const coefficients = Float32Array.from({ length: classCount * dim }, () => random.normal() / 4);
  const graph = trainingGraph({
    ...{ backbone, batch, device: operators },
    head: { classCount, dim, coefficients, intercepts: new Float32Array(classCount) },
    loss: (ops, { logits, targets }) => crossEntropy(ops, logits, targets),
    isTrained: (name) => trained.has(name),
  });
  if (!graph.ok) throw new ProblemError(graph.error);
  return graph.value;
}

function feedsOf(
  { network, parameters }: TrainingGraph,
  { side, batch }: ProbeSize,
  random: Random,
): Tensors {
  const pixels = Uint8Array.from({ length: batch * side * side * 3 }, () => random.int(256));
  const targets = Float32Array.from({ length: batch * classCount }, (_, at) => {
    const [unit, label] = [Math.floor(at / classCount), at % classCount];
    return unit % classCount === label ? 1 : 0;
  });
  const vector = gatherParameters(network, parameters);
  return {
    [must(network.graph.inputs[0], 'an input').name]: new Tensor('uint8', pixels, [batch, side, side, 3]),
    targets: new Tensor('float32', targets, [batch, classCount]),
    weights: new Tensor('float32', new Float32Array(batch).fill(1 / batch), [batch]),
    parameters: new Tensor('float32', vector, [vector.length]),
  };
}
