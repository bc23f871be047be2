import { Tensor } from 'onnxruntime-node';
import { assert, must } from '#base/assert.ts';
import { optimizerGraph, slotsOf, type OptimizerSpec } from '#graph/training/optimizer-graph.ts';
import { gatherParameters } from '#graph/training/parameter-vector.ts';
import type { TrainingGraph } from '#graph/training/training-graph.ts';
import { writeModel } from '#graph/write-model.ts';
import { openSession, runSession, type Session, type Tensors } from '../session.ts';
import type { StepRunner } from './step-runner.ts';

/** The vectors that training goes on from: parameters, their running average, and the optimiser's slots. */
export type TrainingState = Readonly<Record<string, Float32Array<ArrayBuffer>>>;

export interface StepperOptions {
  readonly graph: TrainingGraph;
  /** Opens what runs the steps. */
  readonly openRunner: () => Promise<StepRunner>;
  readonly optimizer: OptimizerSpec;
  /** Units in one run of the graph. */
  readonly batch: number;
  /** Learning rate of each parameter, relative; and its weight decay. */
  readonly rates: Float32Array;
  readonly decays: Float32Array;
  readonly clipNorm: number;
  readonly averageDecay: number;
}

/** Units that enter one step. */
export interface Batch {
  /** What the network is fed: [batch, …]. */
  readonly input: Tensor;
  /** batch × classes. */
  readonly targets: Float32Array;
  /** batch: 0 leaves a unit out, as where the last batch is not full. */
  readonly weights: Float32Array;
  /** batch: 0 or 1, −1 = neither; null where the graph does not ask for them. */
  readonly domains: Float32Array | null;
}

export interface StepOutcome {
  readonly loss: number;
  /** Length of the gradient before it was clipped. */
  readonly norm: number;
}

const subject = 'training';

/** Takes training steps. What it learned so far is its `state`. */
export class Stepper {
  readonly #options: StepperOptions;
  readonly #step: StepRunner;
  readonly #update: Session;
  #state: TrainingState;
  #count = 0;

  private constructor(
    options: StepperOptions,
    sessions: { step: StepRunner; update: Session },
    state: TrainingState,
  ) {
    this.#options = options;
    this.#step = sessions.step;
    this.#update = sessions.update;
    this.#state = state;
  }

  /** Loads the graphs; begins with the numbers stored in the network. */
  static async open(options: StepperOptions): Promise<Stepper> {
    const parameters = gatherParameters(options.graph.network, options.graph.parameters);
    const { optimizer, clipNorm, averageDecay } = options;
    const update = optimizerGraph({ optimizer, size: parameters.length, parts: 1, clipNorm, averageDecay });
    const sessions = {
      step: await options.openRunner(),
      update: await openSession(writeModel(update), { subject }),
    };
    const slots = slotsOf(optimizer).map((slot) => [slot, new Float32Array(parameters.length)] as const);
    const state = { parameters, average: parameters.slice(), ...Object.fromEntries(slots) };
    return new Stepper(options, sessions, state);
  }

  get state(): TrainingState {
    return this.#state;
  }

  /** Steps taken so far. */
  get count(): number {
    return this.#count;
  }

  /** Goes on from what a checkpoint holds. */
  restore(state: TrainingState, count: number): void {
    for (const [name, vector] of Object.entries(this.#state)) {
      assert(state[name]?.length === vector.length, `the checkpoint holds ${name}`);
    }
    this.#state = state;
    this.#count = count;
  }

  /** One step with this learning rate. */
  async step(batch: Batch, rate: number): Promise<StepOutcome> {
    const { loss, gradient } = await this.#step.run(this.#batchFeeds(batch));
    const next = await runSession(this.#update, this.#updateFeeds(gradient, rate), subject);
    this.#state = Object.fromEntries(
      Object.keys(this.#state).map((name) => [name, floatsOf(next, `next ${name}`)]),
    );
    this.#count++;
    return { loss, norm: Number(next['norm']?.data[0]) };
  }

  async close(): Promise<void> {
    await this.#step.close();
    await this.#update.release();
  }

  #batchFeeds({ input, targets, weights, domains }: Batch): Tensors {
    const { batch, graph } = this.#options;
    const name = must(graph.step.graph.inputs[0], 'the graph has an input').name;
    return {
      [name]: input,
      targets: new Tensor('float32', targets, [batch, targets.length / batch]),
      weights: vector(weights),
      ...(domains === null ? {} : { domains: vector(domains) }),
      parameters: vector(must(this.#state['parameters'], 'parameters')),
    };
  }

  #updateFeeds(gradient: Tensor, rate: number): Tensors {
    const { rates, decays, optimizer } = this.#options;
    const state = Object.entries(this.#state).map(([name, values]) => [name, vector(values)] as const);
    const feeds = {
      'gradient 0': gradient,
      rates: vector(rates),
      decays: vector(decays),
      rate: scalar(rate),
    };
    if (optimizer.kind === 'sgd') return { ...Object.fromEntries(state), ...feeds };
    const time = this.#count + 1;
    const biases = { bias1: scalar(1 - optimizer.beta1 ** time), bias2: scalar(1 - optimizer.beta2 ** time) };
    return { ...Object.fromEntries(state), ...feeds, ...biases };
  }
}

function vector(values: Float32Array): Tensor {
  return new Tensor('float32', values, [values.length]);
}

function scalar(value: number): Tensor {
  return new Tensor('float32', [value], []);
}

function floatsOf(tensors: Tensors, name: string): Float32Array<ArrayBuffer> {
  return must(tensors[name], `the optimiser gives ${name}`).data as Float32Array<ArrayBuffer>;
}
