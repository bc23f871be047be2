import { must } from '#base/assert.ts';
import { problem, ProblemError } from '#base/problem.ts';
import { seededRandom } from '#base/random.ts';
import { cut } from '#graph/cut.ts';
import type { Model } from '#graph/model.ts';
import { embeddingName } from '#graph/with-embedding.ts';
import { centroidWeights } from '#learn/sampling/cluster-centroids.ts';
import { epochWeights } from '#learn/sampling/epoch-weights.ts';
import type { JobOf } from '../job-context.ts';
import { onnxAlgebra } from '../onnx-algebra.ts';
import type { Provider } from '../session.ts';
import { Epochs } from './epochs.ts';
import { forward, type Images } from './forward.ts';
import { joined } from './evaluate.ts';

export interface EpochsSource {
  /** The network before it is trained, and what it is fed. */
  readonly network: Model;
  readonly inputs: Images['inputs'];
  readonly provider: Provider;
}

/** Deals what a job trains on into epochs as its sampling says; throws a ProblemError where networks cannot. */
export async function openEpochs(job: JobOf<'tune'>, source: EpochsSource): Promise<Epochs> {
  const { train: units, settings } = job;
  const labels = units.map((unit) => must(job.labels[unit], 'a trained image has a label'));
  const weights = await weightsOf(job, labels, source);
  return new Epochs({ units, labels, weights, seed: settings.seed });
}

async function weightsOf(
  { train, settings }: JobOf<'tune'>,
  labels: Int32Array,
  source: EpochsSource,
): Promise<Float64Array | null> {
  const { sampling, seed } = settings;
  switch (sampling) {
    case 'hard':
      return null;
    case 'centroids':
      return centroidWeights(
        onnxAlgebra(),
        { features: await embeddingsOf(train, source), labels },
        seededRandom(seed),
      );
    case 'natural':
    case 'balanced':
    case 'over':
    case 'under':
      return epochWeights(sampling, labels);
    case 'smote':
    case 'ensemble':
      throw new ProblemError(problem('unsupported', 'sampling', refusals[sampling]));
  }
}

const refusals = {
  smote:
    'Synthetic units are points between embeddings, not images; choose another sampling, or train a head.',
  ensemble: 'Networks are trained one at a time; choose another sampling than an ensemble, or train a head.',
};

async function embeddingsOf(positions: Int32Array, { network, inputs, provider }: EpochsSource) {
  const use = { output: embeddingName, provider };
  const parts: Float32Array[] = [];
  const images = { inputs, positions };
  for await (const part of forward(cut(network, [embeddingName]), images, use)) parts.push(part);
  const data = joined(parts);
  return { data, rows: positions.length, cols: data.length / positions.length };
}
