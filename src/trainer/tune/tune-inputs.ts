import type { Split } from '#graph/split.ts';
import { openImages } from '../augment/open-images.ts';
import type { JobContext, JobOf } from '../job-context.ts';
import type { Provider } from '../session.ts';
import { ActivationFile } from './activation-file.ts';
import type { InputReader } from './batch-source.ts';
import { computeActivations } from './compute-activations.ts';
import { PixelFile } from './pixel-file.ts';
import { pixelInputs } from './pixel-inputs.ts';

/** What the part of a network that is trained is fed. */
export interface TuneInputs {
  /** Images as training sees them, which may be varied. */
  readonly varied: InputReader;
  /** Images as they are. */
  readonly plain: InputReader;
  close(): Promise<void>;
}

interface InputsUse {
  readonly split: Split | null;
  readonly provider: Provider;
  readonly send: JobContext['send'];
}

/**
 * Opens what a job trains on: pixels; or, where the network is split, activations, which are computed once and never
 * vary. How far that is, is told.
 */
export async function openInputs(
  job: JobOf<'tune'>,
  { split, provider, send }: InputsUse,
): Promise<TuneInputs> {
  if (split === null) return openPixels(job);
  const { pixels, backbone, labels } = job;
  const total = labels.length;
  const path = await computeActivations({
    ...{ split, pixels, size: backbone.size, count: total, provider },
    onProgress: (done) => send({ type: 'progress', step: 'activations', done, total }),
  });
  const file = await ActivationFile.open(path, split.dims);
  return { varied: file, plain: file, close: () => file.close() };
}

async function openPixels({ pixels: path, backbone, settings, train }: JobOf<'tune'>): Promise<TuneInputs> {
  const { size } = backbone;
  const plain = await PixelFile.open(path, size);
  const varied = await openImages({ path, size, ...settings, train });
  return {
    varied: pixelInputs(varied, size),
    plain: pixelInputs(plain, size),
    close: async () => {
      await varied.close();
      await plain.close();
    },
  };
}
