import { sql } from 'kysely';
import type { TrainingPlan } from '#contract/training.ts';
import type { ProjectStore } from '#store/project-store.ts';
import { labelsPerClass } from '#learn/regimes-for.ts';
import { planOf, type PlanInput } from './plan.ts';

/** What a training would do with the labels as they are. */
export async function plannedTraining(
  store: ProjectStore,
  request: Omit<PlanInput, 'counts'>,
): Promise<TrainingPlan> {
  const { rows } = await sql<{ labels: number }>`
    SELECT count(*) AS labels FROM current_label GROUP BY class`.execute(store.background);
  const counts = rows.map(({ labels }) => labels);
  const { regimes, judgedFolds, isRefitted } = planOf({ ...request, counts });
  return {
    regimes: [...regimes],
    parts: regimes.length * judgedFolds + Number(isRefitted && regimes.length > 0),
    labels: counts.reduce((sum, count) => sum + count, 0),
    perClass: labelsPerClass(counts),
  };
}
