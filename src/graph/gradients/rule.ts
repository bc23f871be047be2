import { must } from '#base/assert.ts';
import type { Node } from '../model.ts';
import { NodeFacts, type Facts } from '../shapes/facts.ts';
import type { Ops } from './ops.ts';

/** Gradients of a node's inputs, in their order; null where there is none or nobody asks. */
export type InputGradients = readonly (string | null)[];

/** How the gradient passes a node backwards, in ordinary operators. */
export type GradientRule = (step: Step, ops: Ops) => InputGradients;

interface StepParts {
  readonly node: Node;
  /** Facts of the node's inputs. */
  readonly inputs: readonly (Facts | null)[];
  /** Gradients of the node's outputs; null for one that the loss does not depend on. */
  readonly gradients: readonly (string | null)[];
  /** Values whose gradients are asked for. */
  readonly wanted: ReadonlySet<string>;
}

/** One node of the forward pass, on the way back. */
export class Step extends NodeFacts {
  readonly #gradients: readonly (string | null)[];
  readonly #wanted: ReadonlySet<string>;

  constructor({ node, inputs, gradients, wanted }: StepParts) {
    super(node, inputs);
    this.#gradients = gradients;
    this.#wanted = wanted;
  }

  /** Gradient of the first output. */
  get dy(): string {
    return must(this.#gradients[0], `${this.node.opType} has the gradient of its output`);
  }

  /** Gradient of an output; null where the loss does not depend on it. */
  gradient(output: number): string | null {
    return this.#gradients[output] ?? null;
  }

  /** The value that enters at this position. */
  x(position: number): string {
    return must(this.node.inputs[position], `${this.node.opType} has input ${position + 1}`);
  }

  /** The first output. */
  get y(): string {
    return must(this.node.outputs[0], `${this.node.opType} has an output`);
  }

  /** Whether the gradient of an input is asked for. */
  needs(position: number): boolean {
    return this.#wanted.has(this.node.inputs[position] ?? '');
  }
}
