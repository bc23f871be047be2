import { readFile } from 'node:fs/promises';
import { problem, ProblemError } from '#base/problem.ts';
import type { Result } from '#base/result.ts';
import { readHead, type HeadWeights } from '#graph/head-graph.ts';
import type { Model } from '#graph/model.ts';
import { parseModel } from '#graph/parse-model.ts';
import { simplify } from '#graph/simplify/simplify.ts';
import { splitBefore, type Split } from '#graph/split.ts';
import { trainables, type Trainable } from '#graph/training/trainable.ts';
import { trainingGraph, type TrainingGraph } from '#graph/training/training-graph.ts';
import { operatorsOf } from '../devices/open-runner.ts';
import type { JobOf } from '../job-context.ts';
import { domainTermOf } from './domain-term-of.ts';
import { countLabels, lossOf } from './loss-of.ts';
import { lastLayers } from './rates.ts';
import type { Place } from './sturdy-runner.ts';

/** A network as a job begins to train it. */
export interface TrainingNetwork {
  /** The whole backbone. */
  readonly backbone: Model;
  /** Where the part that is trained begins; null: every step runs all of the backbone. */
  readonly split: Split | null;
  /** What is trained of the backbone. */
  readonly weights: readonly Trainable[];
  readonly head: HeadWeights;
}

/** Reads the backbone and the head of a job; throws a ProblemError. */
export async function loadNetwork(job: JobOf<'tune'>): Promise<TrainingNetwork> {
  const { backbone: spec, settings } = job;
  const model = unwrap(parseModel(await readFile(spec.file), spec.id));
  const backbone = unwrap(simplify(model, {}, spec.id));
  return {
    backbone,
    split: settings.layers === null ? null : splitBefore(backbone, settings.layers),
    weights: lastLayers(trainables(backbone.graph), settings.layers),
    head: await startOf(job, spec.dim),
  };
}

/** The graph of a step of a job, for as many units and the kind of device that a place has; throws a ProblemError. */
export function graphAt(
  job: JobOf<'tune'>,
  { backbone, split, weights, head }: TrainingNetwork,
  { device, units }: Place,
): TrainingGraph {
  const trained = new Set(weights.map(({ name }) => name));
  const graph = trainingGraph({
    ...{ backbone: split?.tail ?? backbone, head, batch: units },
    loss: lossOf(job.settings.loss, { counts: countLabels(job), parents: job.parents }),
    domainTerm: domainTermOf(job.domains, head.dim),
    isTrained: (name) => trained.has(name),
    device: operatorsOf(device),
  });
  return unwrap(graph);
}

/** The head to begin with: a stored one, or zeros. */
async function startOf(
  { start, classCount }: Pick<JobOf<'tune'>, 'start' | 'classCount'>,
  dim: number,
): Promise<HeadWeights> {
  if (start === null) {
    return {
      ...{ classCount, dim },
      coefficients: new Float32Array(classCount * dim),
      intercepts: new Float32Array(classCount),
    };
  }
  const head = readHead(unwrap(parseModel(await readFile(start), start)));
  if (head?.classCount === classCount && head.dim === dim) return head;
  const reason = 'This head is not for these classes and this backbone; train a head, then the network.';
  throw new ProblemError(problem('unsupported', start, reason));
}

function unwrap<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new ProblemError(result.error);
  return result.value;
}
