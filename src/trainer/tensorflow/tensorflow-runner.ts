import { Tensor } from 'onnxruntime-node';
import { must } from '#base/assert.ts';
import { problem, ProblemError } from '#base/problem.ts';
import { ModelBuilder } from '#graph/builder.ts';
import { cut } from '#graph/cut.ts';
import { sizeOf, type Parameter } from '#graph/training/parameter-vector.ts';
import type { TrainingGraph } from '#graph/training/training-graph.ts';
import { OutOfMemoryError, type Tensors } from '../session.ts';
import type { LossAndGradient, StepRunner } from '../tune/step-runner.ts';
import type { Program, Values } from './evaluate.ts';
import { lossAndGradients } from './loss-and-gradients.ts';
import { scoped, valueOf, type TensorFlow, type Value } from './tensor-flow.ts';

const subject = 'training';

/**
 * Runs training steps by the automatic differentiation of TensorFlow.js: of a training graph, only what leads to the
 * loss. Numbers that are not trained are handed to the device once.
 */
export function openTensorFlowRunner(tf: TensorFlow, graph: TrainingGraph): StepRunner {
  const forward = cut(graph.step, ['loss']);
  const program = ModelBuilder.of(forward);
  const stored = [...forward.graph.initializers].filter(([, { type }]) => type === 'float32');
  const constants = new Map(stored.map(([name, tensor]) => [name, valueOf(tf, tensor)]));
  const run = (feeds: Tensors): LossAndGradient => stepOf(tf, { ...graph, program, constants }, feeds);
  return {
    run: async (feeds) => Promise.resolve(expectingProblems(() => run(feeds))),
    close: async () => {
      for (const constant of constants.values()) constant.dispose();
      return Promise.resolve();
    },
  };
}

interface Loaded extends Pick<TrainingGraph, 'parameters' | 'opponents'> {
  readonly program: Program;
  readonly constants: Values;
}

function stepOf(tf: TensorFlow, loaded: Loaded, { parameters: vector, ...feeds }: Tensors): LossAndGradient {
  const { program, parameters, opponents, constants } = loaded;
  const numbers = must(vector, 'parameters').data as Float32Array;
  return scoped(tf, () => {
    const fed = Object.entries(feeds).map(([name, tensor]) => [name, fedValue(tf, tensor)] as const);
    const parts = parameters.map(({ name, offset, count }) => {
      const dims = must(program.facts(name), name).dims.map(Number);
      return [name, tf.tensor(numbers.slice(offset, offset + count), dims)] as const;
    });
    const given = new Map([...constants, ...fed]);
    const { loss, gradients } = lossAndGradients(tf, program, { loss: 'loss', of: new Map(parts), given });
    const signed = gradients.map((gradient, i) =>
      opponents.has(parameters[i]?.name ?? '') ? tf.neg(gradient) : gradient,
    );
    return { loss: Number(loss.dataSync()[0]), gradient: joined(parameters, signed) };
  });
}

function joined(parameters: readonly Parameter[], gradients: readonly Value[]): Tensor {
  const vector = new Float32Array(sizeOf(parameters));
  parameters.forEach(({ offset }, i) => {
    vector.set(must(gradients[i], 'a gradient for each parameter').dataSync(), offset);
  });
  return new Tensor('float32', vector, [vector.length]);
}

function fedValue(tf: TensorFlow, { type, data, dims }: Tensor): Value {
  if (type === 'float32') return tf.tensor(data as Float32Array, [...dims]);
  return tf.tensor(Int32Array.from(data as Uint8Array), [...dims]);
}

const outOfMemory = /OOM|out of memory|failed to allocate|array buffer allocation/i;

/** What can be done about an exception of TensorFlow, told apart by its message: it has no codes. */
function expectingProblems<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    if (outOfMemory.test(message)) throw new OutOfMemoryError(subject);
    const firstLine = (message.split('\n')[0] ?? '').slice(0, 300);
    throw new ProblemError(problem('bad-input', subject, `TensorFlow.js can't run it: ${firstLine}`));
  }
}
