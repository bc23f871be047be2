import { problem, type Problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import {
  defaultChoices,
  headLossSchema,
  type HeadLossChoice,
  type LossChoice,
  type TrainingChoices,
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
  const { loss, sampling, seed } = choices;
  const mismatch = mismatchOf(regime, choices);
  if (mismatch !== null) return err(mismatch);
  if (regime === 'prototype') return ok({ ...plainHead, regime, seed });
  if (regime !== 'head' && regime !== 'auto') return ok({ ...plainHead, seed });
  return ok(isForHeads(loss) ? { regime, loss, sampling, seed } : { ...plainHead, regime, sampling, seed });
}

/** What was chosen that cannot be trained so. */
function mismatchOf(regime: TrainingRequest['regime'], choices: TrainingChoices): Problem | null {
  const { loss, sampling, alignment } = choices;
  const hasNetwork = regime === 'auto' || networkRegimes.some((each) => each === regime);
  if (hasNetwork) return sampling === 'smote' || sampling === 'ensemble' ? onlyForHeads : null;
  if (alignment !== null) return onlyWithNetworks;
  return regime === 'head' && !isForHeads(loss) ? onlyForNetworks : null;
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
