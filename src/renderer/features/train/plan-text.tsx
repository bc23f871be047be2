import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelInfo } from '#contract/model.ts';
import type { TrainingPlan, TrainingRequest } from '#contract/training.ts';
import { formatDuration } from '../../i18n/format.ts';
import { api } from '../../state/api.ts';
import { estimateSeconds } from '../../state/tune-estimate.ts';
import { useTuning } from '../../state/tuning.ts';
import styles from './tune-panel.module.css';

/** What the training would do, why, and about how long that takes. */
export function PlanText({ models }: { readonly models: readonly ModelInfo[] }): ReactNode {
  const { regime, choices } = useTuning();
  const isOfFolds = choices.averaging.folds;
  // Labels change while the settings are open: asked anew each time.
  const { data: plan } = useQuery({
    ...api.model.plan.queryOptions({ input: { regime, isDeep: false, isOfFolds } }),
    staleTime: 0,
  });
  return (
    <div className={styles.plan} role="status">
      {plan !== undefined && <Planned regime={regime} plan={plan} models={models} />}
    </div>
  );
}

interface PlannedProps {
  readonly regime: TrainingRequest['regime'];
  readonly plan: TrainingPlan;
  readonly models: readonly ModelInfo[];
}

function Planned({ regime, plan, models }: PlannedProps): ReactNode {
  const { t } = useTranslation();
  const { parts, labels, regimes } = plan;
  const seconds = estimateSeconds(models, regime, plan);
  return (
    <>
      <Choice regime={regime} plan={plan} />
      {regimes.length > 0 && (
        <p>
          {parts === regimes.length
            ? t('tune.plan.tenth', { labels })
            : t('tune.plan.folds', { labels, parts })}
        </p>
      )}
      {seconds !== null && <p>{t('tune.plan.estimate', { time: formatDuration(seconds) })}</p>}
    </>
  );
}

function Choice({ regime, plan: { regimes, perClass } }: Omit<PlannedProps, 'models'>): ReactNode {
  const { t } = useTranslation();
  if (regime !== 'auto' && regimes.length > 0) return null;
  if (regime !== 'auto') return <p className={styles.strong}>{t('tune.plan.head')}</p>;
  if (regimes.length === 0) return <p className={styles.strong}>{t('tune.plan.autoHead', { perClass })}</p>;
  const names = regimes.map((each) => t(`tune.said.${each}`)).join(', ');
  return (
    <p className={styles.strong}>
      {t('tune.plan.auto', { count: regimes.length, perClass, regimes: names })}
    </p>
  );
}
