import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import {
  defaultChoices,
  headLossSchema,
  type HeadLossChoice,
  type LossChoice,
  type TrainingRequest,
} from '#contract/training.ts';
import { networkRegimes } from './runs/plan.ts';
import type { JobInput } from './trainer-host.ts';

/** How a head is trained. */
export type HeadSettings = Pick<JobInput<'head'>, 'regime' | 'loss' | 'sampling' | 'seed'>;

/** A head as networks begin with it and as it is trained when nothing is chosen. */
export const plainHead: HeadSettings = {
  ...{ regime: 'head', loss: { kind: 'cross-entropy' }, sampling: 'natural' },
  seed: defaultChoices.seed,
};

/** How a training trains its head; a problem where a head, or the networks after it, cannot be trained as chosen. */
export function headSettings({
  regime,
  choices,
}: Pick<TrainingRequest, 'regime' | 'choices'>): Result<HeadSettings> {
  const { loss, sampling, alignment, seed } = choices;
  const hasNetwork = regime === 'auto' || networkRegimes.some((each) => each === regime);
  if (hasNetwork && (sampling === 'smote' || sampling === 'ensemble')) return err(onlyForHeads);
  if (!hasNetwork && alignment !== null) return err(onlyWithNetworks);
  if (regime === 'prototype') return ok({ ...plainHead, regime, seed });
  if (regime !== 'head' && regime !== 'auto') return ok({ ...plainHead, seed });
  if (isForHeads(loss)) return ok({ regime, loss, sampling, seed });
  return regime === 'head' ? err(onlyForNetworks) : ok({ ...plainHead, regime, sampling, seed });
}

function isForHeads(loss: LossChoice): loss is HeadLossChoice {
  return headLossSchema.safeParse(loss).success;
}

const onlyForHeads = problem(
  'unsupported',
  'sampling',
  'Networks cannot be trained with synthetic units or as an ensemble; choose another sampling, or train a head.',
);

const onlyWithNetworks = problem(
  'unsupported',
  'alignment',
  'Only networks can be trained to keep sources alike; train one, or leave that choice out.',
);

const onlyForNetworks = problem(
  'unsupported',
  'loss',
  'A head cannot be trained with this loss; choose cross-entropy, class weights, balanced softmax or focal loss, or train a network.',
);
