import type { Tensor } from 'onnxruntime-node';
import { must } from '#base/assert.ts';
import type { Model } from '#graph/model.ts';
import { writeModel } from '#graph/write-model.ts';
import { openSession, runSession, type Provider, type Tensors } from '../session.ts';

/** The loss of the units of a run, and its gradient with respect to the vector of parameters. */
export interface LossAndGradient {
  readonly loss: number;
  readonly gradient: Tensor;
}

/** What differentiates the loss: the seam between training and the devices it runs on. */
export interface StepRunner {
  /** @param feeds the inputs of a training graph by their names; throws a ProblemError */
  run(feeds: Tensors): Promise<LossAndGradient>;
  close(): Promise<void>;
}

const subject = 'training';

/** Runs a training graph, gradients and all, with onnxruntime. */
export async function openOnnxRunner(graph: Model, provider: Provider = 'cpu'): Promise<StepRunner> {
  const session = await openSession(writeModel(graph), { subject, provider, isLong: true });
  return {
    run: async (feeds) => {
      const { loss, gradient } = await runSession(session, feeds, subject);
      return { loss: Number(loss?.data[0]), gradient: must(gradient, 'a gradient') };
    },
    close: () => session.release(),
  };
}
