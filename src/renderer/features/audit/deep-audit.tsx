import { Button, Progress, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import type { Job } from '#contract/job.ts';
import type { Regime } from '#contract/training.ts';
import { formatDuration } from '../../i18n/format.ts';
import { leftText } from '../../i18n/job-text.ts';
import { runAction, useActions } from '../../state/actions.ts';
import { api, client } from '../../state/api.ts';
import { useCanEdit } from '../../state/queries.ts';
import { useRun } from '../../state/run.ts';
import { attempt } from '../../state/toast.tsx';
import { useReadiness } from '../../state/train.ts';
import { estimateSeconds } from '../../state/tune-estimate.ts';
import { useTuning } from '../../state/tuning.ts';
import { useChord } from '../../state/use-chord.ts';
import { useJobProgress } from '../../state/use-job-progress.ts';
import { showView } from '../../state/view.ts';
import { KeyCap } from '../../ui/key-cap.tsx';
import styles from './deep-audit.module.css';

const useAsking = create<{ readonly isOpen: boolean }>(() => ({ isOpen: false }));

const close = (): void => useAsking.setState({ isOpen: false });

/** Opens the question whether networks should judge the labels. */
export function DeepAuditButton(): ReactNode {
  const { t } = useTranslation();
  const chord = useChord('train.judge');
  const canEdit = useCanEdit();
  const isReady = useReadiness() === 'ready';
  const { job } = useRun();
  const isOpen = useAsking((asking) => asking.isOpen);
  const isPossible = canEdit && isReady && job === null;
  useActions({
    'train.judge': { run: () => useAsking.setState({ isOpen: !isOpen }), isEnabled: () => isPossible },
  });
  return (
    <Button
      variant="subtle"
      color="gray"
      disabled={!isPossible}
      aria-expanded={isOpen}
      onClick={() => runAction('train.judge')}
      rightSection={chord !== undefined && <KeyCap chord={chord} />}
    >
      {t('tune.deep.open')}
    </Button>
  );
}

/** What it would mean to let networks judge the labels, until that is started; then how far they are. */
export function DeepAudit(): ReactNode {
  const { job } = useRun();
  const isOpen = useAsking((asking) => asking.isOpen);
  if (job?.kind === 'audit') return <Judging job={job} />;
  return isOpen && job === null ? <Question /> : null;
}

const regimes = ['blocks', 'head-then-full'] as const;

function Question(): ReactNode {
  const { t } = useTranslation();
  const [regime, setRegime] = useState<Regime>('head-then-full');
  const { choices } = useTuning();
  const start = (): void => {
    attempt(client.model.auditDeep({ backbone: null, regime, choices }).then(close));
  };
  return (
    <section className={styles.question} aria-label={t('tune.deep.title')} onKeyDown={closeOnEscape}>
      <p>{t('tune.deep.what')}</p>
      <p className={styles.dim}>
        <TimeText regime={regime} /> {t('tune.deep.settings')}
      </p>
      <div className={styles.row}>
        <span>{t('tune.deep.regime')}</span>
        <SegmentedControl
          aria-label={t('tune.deep.regime')}
          value={regime}
          onChange={(value) => setRegime(regimes.find((each) => each === value) ?? regime)}
          data={regimes.map((value) => ({ value, label: t(`tune.regime.${value}`) }))}
        />
        <span className={styles.far} />
        <Button variant="default" onClick={close}>
          {t('common.cancel')}
        </Button>
        <Button onClick={start}>{t('tune.deep.start')}</Button>
      </div>
    </section>
  );
}

function closeOnEscape(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  event.preventDefault();
  close();
}

/** About how long it takes, where a network was trained before. */
function TimeText({ regime }: { readonly regime: Regime }): ReactNode {
  const { t } = useTranslation();
  const { data: models = [] } = useQuery(api.model.list.queryOptions());
  const { data: plan } = useQuery(
    api.model.plan.queryOptions({ input: { regime, isDeep: true, isOfFolds: false } }),
  );
  const seconds = plan === undefined ? null : estimateSeconds(models, regime, plan);
  return seconds === null
    ? t('tune.deep.timeUnknown')
    : t('tune.deep.time', { time: formatDuration(seconds) });
}

function Judging({ job }: { readonly job: Job }): ReactNode {
  const { t } = useTranslation();
  const { share, secondsLeft } = useJobProgress(job);
  return (
    <section className={styles.question} aria-label={t('tune.deep.running')}>
      <div className={styles.row}>
        <strong>{t('tune.deep.running')}</strong>
        <span className={styles.dim}>{t(`job.step.${job.step}`)}</span>
        <span className={styles.far}>{secondsLeft !== null && leftText(secondsLeft)}</span>
        <Button variant="default" onClick={() => showView('train')}>
          {t('tune.deep.watch')}
        </Button>
        <Button variant="default" onClick={() => attempt(client.jobs.cancel({ job: job.id }))}>
          {t('tune.run.stop')}
        </Button>
      </div>
      <Progress
        size={6}
        value={(share ?? 1) * 100}
        animated={share === null}
        aria-label={t('tune.deep.running')}
      />
    </section>
  );
}
