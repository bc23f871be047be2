import { create } from 'zustand';
import {
  defaultChoices,
  headLossSchema,
  type TrainingChoices,
  type TrainingRequest,
} from '#contract/training.ts';
import { client } from './api.ts';
import { attempt } from './toast.tsx';
import { showView } from './view.ts';

/** The training of a network that the person is putting together. */
export interface Tuning extends TrainingRequest {
  /** Whether its settings are shown. */
  readonly isOpen: boolean;
}

export const useTuning = create<Tuning>(() => ({
  isOpen: false,
  backbone: null,
  regime: 'auto',
  choices: defaultChoices,
}));

/** Shows the settings of a training. */
export function openTuning(): void {
  showView('train');
  useTuning.setState({ isOpen: true });
}

/** Puts the settings away; what was chosen stays. */
export function closeTuning(): void {
  useTuning.setState({ isOpen: false });
}

/** Chooses what learns. What only a head can do is taken back for networks. */
export function chooseRegime(regime: Tuning['regime']): void {
  useTuning.setState(({ choices }) => ({
    regime,
    choices: { ...choices, ...(regime === 'head' ? forHead(choices) : forNetworks(choices)) },
  }));
}

function forHead({ loss }: TrainingChoices): Partial<TrainingChoices> {
  const isForHeads = headLossSchema.safeParse(loss).success;
  return { alignment: null, ...(isForHeads ? {} : { loss: defaultChoices.loss }) };
}

function forNetworks({ sampling }: TrainingChoices): Partial<TrainingChoices> {
  return sampling === 'smote' || sampling === 'ensemble' ? { sampling: defaultChoices.sampling } : {};
}

/** Changes some of the choices. */
export function choose(change: Partial<TrainingChoices>): void {
  useTuning.setState(({ choices }) => ({ choices: { ...choices, ...change } }));
}

/** Starts the training as it was put together. */
export function startTuning(): void {
  const { backbone, regime, choices } = useTuning.getState();
  attempt(client.model.train({ backbone, regime, choices }).then(closeTuning));
}
