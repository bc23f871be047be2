import { Tensor } from 'onnxruntime-node';
import { assert, must } from '#base/assert.ts';
import { gatherParameters } from '#graph/training/parameter-vector.ts';
import type { TrainingGraph } from '#graph/training/training-graph.ts';
import type { Tensors } from '../session.ts';
import type { StepRunner } from './step-runner.ts';
import { Updater, type TrainingState, type UpdaterOptions } from './updater.ts';

export interface StepperOptions extends UpdaterOptions {
  readonly graph: TrainingGraph;
  /** Opens what runs the steps. */
  readonly openRunner: () => Promise<StepRunner>;
  /** Units in one run of the graph. */
  readonly batch: number;
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

/** Takes training steps. What it learned so far is its `state`. */
export class Stepper {
  readonly #options: StepperOptions;
  readonly #runner: StepRunner;
  readonly #updater: Updater;
  #state: TrainingState;
  #count = 0;

  private constructor(
    options: StepperOptions,
    { runner, updater }: { readonly runner: StepRunner; readonly updater: Updater },
  ) {
    this.#options = options;
    this.#runner = runner;
    this.#updater = updater;
    this.#state = updater.begin(gatherParameters(options.graph.network, options.graph.parameters));
  }

  /** Loads the graphs; begins with the numbers stored in the network. */
  static async open(options: StepperOptions): Promise<Stepper> {
    const updater = await Updater.open(options);
    return new Stepper(options, { runner: await options.openRunner(), updater });
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
    const { loss, gradient } = await this.#runner.run(this.#batchFeeds(batch));
    const values = gradient.data as Float32Array<ArrayBuffer>;
    const { next, norm } = await this.#updater.apply(this.#state, values, { rate, count: this.#count });
    this.#state = next;
    this.#count++;
    return { loss, norm };
  }

  async close(): Promise<void> {
    await this.#runner.close();
    await this.#updater.close();
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
}

function vector(values: Float32Array): Tensor {
  return new Tensor('float32', values, [values.length]);
}
