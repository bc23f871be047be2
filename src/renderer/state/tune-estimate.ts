import type { ModelInfo } from '#contract/model.ts';
import type { Regime, TrainingPlan } from '#contract/training.ts';

type Trained = Pick<ModelInfo, 'regime' | 'base' | 'parts' | 'seconds' | 'units'>;

/**
 * Seconds that a plan is likely to take, by what the last network took for each of its parts, where there is one of the
 * regime; null while nothing is known.
 */
export function estimateSeconds(
  models: readonly Trained[],
  regime: Regime | 'auto',
  { parts, labels }: Pick<TrainingPlan, 'parts' | 'labels'>,
): number | null {
  const networks = models.filter((model) => model.base !== null && model.parts.length > 0);
  const last = networks.find((model) => model.regime === regime) ?? networks[0];
  if (last === undefined || parts === 0) return null;
  return (last.seconds / last.parts.length) * parts * (labels / last.units);
}
