import { Button, Progress } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import IconRefresh from '@tabler/icons-react/dist/esm/icons/IconRefresh.mjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '#contract/job.ts';
import type { ModelInfo } from '#contract/model.ts';
import type { ProjectInfo } from '#contract/project.ts';
import { formatDuration, formatTime } from '../../i18n/format.ts';
import { countText, leftText } from '../../i18n/job-text.ts';
import { runAction, useActions } from '../../state/actions.ts';
import { api, client } from '../../state/api.ts';
import { useRun } from '../../state/run.ts';
import { attempt } from '../../state/toast.tsx';
import { isActive, useReadiness, useTrainJob } from '../../state/train.ts';
import { closeTuning, useTuning } from '../../state/tuning.ts';
import { useChord } from '../../state/use-chord.ts';
import { useJobProgress } from '../../state/use-job-progress.ts';
import { KeyCap } from '../../ui/key-cap.tsx';
import styles from './train.module.css';

export interface RetrainPanelProps {
  readonly project: ProjectInfo;
  /** The model in use, or null before the first training. */
  readonly model: ModelInfo | null;
}

/** The big button, with what has changed since it was last pressed; its progress while it works. */
export function RetrainPanel({ project, model }: RetrainPanelProps): ReactNode {
  const { t } = useTranslation();
  const job = useTrainJob();
  const active = job !== null && isActive(job) ? job : null;
  const { job: tuning } = useRun();
  const stoppable = active ?? tuning;
  useActions({
    'train.cancel': {
      run: () => stoppable !== null && attempt(client.jobs.cancel({ job: stoppable.id })),
      isEnabled: () => stoppable !== null,
    },
  });
  return (
    <section className={styles.panel} aria-label={t('train.title')}>
      {active === null ? <RetrainButton project={project} model={model} /> : <Running job={active} />}
      {active === null && job?.state === 'failed' && job.problem !== null && (
        <p className={styles.failed} role="alert">
          <strong>{t('train.failed')}.</strong> {job.problem.reason}
        </p>
      )}
    </section>
  );
}

function RetrainButton({ project, model }: RetrainPanelProps): ReactNode {
  const { t } = useTranslation();
  const chord = useChord('train.retrain');
  const isReady = useReadiness() === 'ready';
  return (
    <div className={styles.start}>
      <Button
        size="md"
        disabled={!isReady || project.readOnly}
        leftSection={<IconRefresh size={18} stroke={1.8} />}
        rightSection={chord !== undefined && <KeyCap chord={chord} />}
        onClick={() => runAction('train.retrain')}
      >
        {t(model === null ? 'train.first' : 'train.retrain')}
      </Button>
      <TuneButton isDisabled={!isReady || project.readOnly} />
      <p className={styles.changed}>
        <Changed project={project} model={model} />
        {model !== null && !project.readOnly && project.changedSinceModel > 0 && (
          <span className={styles.dim}>{t('train.duration', { time: formatDuration(model.seconds) })}</span>
        )}
        {model !== null && !project.readOnly && <TuneAdvice changes={project.seq} />}
      </p>
    </div>
  );
}

function TuneButton({ isDisabled }: { readonly isDisabled: boolean }): ReactNode {
  const { t } = useTranslation();
  const chord = useChord('train.fineTune');
  const isOpen = useTuning((tuning) => tuning.isOpen);
  return (
    <Button
      size="md"
      variant="default"
      disabled={isDisabled}
      aria-expanded={isOpen}
      rightSection={chord !== undefined && <KeyCap chord={chord} />}
      onClick={() => (isOpen ? closeTuning() : runAction('train.fineTune'))}
    >
      {t('tune.open')}
    </Button>
  );
}

/** Says when there are labels enough, or new ones enough, for training a network to be worth its time. */
function TuneAdvice({ changes }: { readonly changes: number }): ReactNode {
  const { t } = useTranslation();
  const input = { regime: 'auto', isDeep: false, isOfFolds: false } as const;
  const { data: plan } = useQuery({
    ...api.model.plan.queryOptions({ input }),
    queryKey: [...api.model.plan.queryKey({ input }), changes],
    placeholderData: keepPreviousData,
  });
  if (plan?.isAdvised !== true) return null;
  const count = plan.newLabels ?? 0;
  return <span>{count === 0 ? t('tune.advice.first') : t('tune.advice.again', { count })}</span>;
}

function Changed({ project, model }: RetrainPanelProps): ReactNode {
  const { t } = useTranslation();
  if (project.readOnly) return <span>{t('train.readOnly')}</span>;
  if (model === null)
    return <span>{t('train.firstHint', { labels: project.labelled, classes: project.classes })}</span>;
  const count = project.changedSinceModel;
  const when = formatTime(model.createdAt);
  return <span>{count === 0 ? t('train.unchanged', { when }) : t('train.changed', { count, when })}</span>;
}

function Running({ job }: { readonly job: Job }): ReactNode {
  const { t } = useTranslation();
  const chord = useChord('train.cancel');
  const { share, secondsLeft } = useJobProgress(job);
  return (
    <div className={styles.start}>
      <div className={styles.running}>
        <p className={styles.changed}>
          <strong>{t('job.kind.train')}</strong>
          <span className={styles.dim}>{t(`job.step.${job.step}`)}</span>
          <span className={styles.far}>{secondsLeft === null ? countText(job) : leftText(secondsLeft)}</span>
        </p>
        <Progress
          size={6}
          value={(share ?? 1) * 100}
          animated={share === null}
          aria-label={t('job.kind.train')}
        />
      </div>
      <Button
        variant="default"
        onClick={() => runAction('train.cancel')}
        rightSection={chord !== undefined && <KeyCap chord={chord} />}
      >
        {t('train.cancel')}
      </Button>
    </div>
  );
}
