import { sql } from 'kysely';
import type { ModelInfo } from '#contract/model.ts';
import type { TrainingPlan } from '#contract/training.ts';
import type { ProjectStore } from '#store/project-store.ts';
import { labelsPerClass } from '#learn/regimes-for.ts';
import { ModelRegistry } from '../model-registry.ts';
import { networkRegimes, planOf, type PlanInput } from './plan.ts';

/** New labels from which networks are worth another try: so many, and such a share of all. */
const worthwhile = { labels: 50, share: 0.05 };

/** What a training would do with the labels as they are. */
export async function plannedTraining(
  store: ProjectStore,
  request: Omit<PlanInput, 'counts'>,
): Promise<TrainingPlan> {
  const { rows } = await sql<{ labels: number }>`
    SELECT count(*) AS labels FROM current_label GROUP BY class`.execute(store.background);
  const counts = rows.map(({ labels }) => labels);
  const { regimes, judgedFolds, isRefitted } = planOf({ ...request, counts });
  const labels = counts.reduce((sum, count) => sum + count, 0);
  const newLabels = await labelsSinceNetworks(store);
  const least = Math.max(worthwhile.labels, worthwhile.share * labels);
  return {
    regimes: [...regimes],
    parts: regimes.length * judgedFolds + Number(isRefitted && regimes.length > 0),
    ...{ labels, newLabels },
    perClass: labelsPerClass(counts),
    isAdvised: regimes.length > 0 && (newLabels === null || newLabels >= least),
  };
}

/** Labels given since the last training began that tried networks, whether one was kept or not. */
async function labelsSinceNetworks(store: ProjectStore): Promise<number | null> {
  const last = (await new ModelRegistry(store.folder).list()).find(hasTriedNetworks);
  if (last === undefined) return null;
  const beganAt = last.createdAt - last.seconds * 1000;
  const { rows } = await sql<{ labels: number }>`
    SELECT count(*) AS labels FROM current_label WHERE time > ${beganAt}`.execute(store.background);
  return rows[0]?.labels ?? 0;
}

function hasTriedNetworks({ regime, candidates }: ModelInfo): boolean {
  return networkRegimes.some(
    (each) => each === regime || candidates.some((candidate) => candidate.regime === each),
  );
}
