import { Button, Progress } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconAlertTriangle from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '#contract/job.ts';
import type { Run } from '#contract/training.ts';
import { formatCount, formatDuration } from '../../i18n/format.ts';
import { leftText } from '../../i18n/job-text.ts';
import { runAction, useActions } from '../../state/actions.ts';
import { api } from '../../state/api.ts';
import { discardRun, resumeRun, useRun, type RunState } from '../../state/run.ts';
import { useChord } from '../../state/use-chord.ts';
import { useJobProgress } from '../../state/use-job-progress.ts';
import { KeyCap } from '../../ui/key-cap.tsx';
import { RunFacts } from './run-facts.tsx';
import styles from './run-panel.module.css';
import { RunPlots } from './run-plots.tsx';
import { usePartText } from './use-part-text.ts';

/** The training of networks that goes on, was stopped, or failed; nothing where there is none. */
export function RunPanel(): ReactNode {
  const { t } = useTranslation();
  const { job, run, failed } = useRun();
  const isStopped = job === null && run !== null;
  useActions({
    'train.resume': { run: resumeRun, isEnabled: () => isStopped },
    'train.discard': { run: discardRun, isEnabled: () => isStopped },
  });
  const work = job ?? failed;
  if (work === null && run === null) return null;
  const isJudging = run?.isDeep ?? work?.kind === 'audit';
  const title = t(isJudging ? 'tune.run.judging' : 'tune.run.title');
  return (
    <section className={styles.panel} aria-label={title}>
      {job === null ? (
        <Ended title={title} run={run} failed={failed} />
      ) : (
        <Working title={title} job={job} run={run} />
      )}
      {run !== null && <Details run={run} />}
    </section>
  );
}

function Details({ run }: { readonly run: Run }): ReactNode {
  return (
    <>
      {run.parts.length > 0 && (
        <>
          <RunFacts run={run} />
          <RunPlots run={run} />
        </>
      )}
      {run.notes.length > 0 && <Notes notes={run.notes} />}
    </>
  );
}

interface WorkingProps extends Pick<RunState, 'run'> {
  readonly title: string;
  readonly job: Job;
}

function Working({ title, job, run }: WorkingProps): ReactNode {
  const { share, secondsLeft } = useJobProgress(job);
  const { t } = useTranslation();
  const time = formatDuration(Math.max(1, Math.round(secondsLeft ?? 0)));
  const left = job.step === 'tune' ? t('tune.run.left', { time }) : leftText(secondsLeft ?? 0);
  return (
    <>
      <div className={styles.head}>
        <div className={styles.what}>
          <h2 className={styles.title}>{title}</h2>
          <p className={styles.line}>
            <Doing job={job} run={run} />
            <span className={styles.far}>{secondsLeft === null ? '' : left}</span>
          </p>
        </div>
        <StopButton />
      </div>
      <Progress size={6} value={(share ?? 1) * 100} animated={share === null} aria-label={title} />
    </>
  );
}

/** Which of how many trainings this is; before and after them, what else is done. */
function Doing({ job, run }: Omit<WorkingProps, 'title'>): ReactNode {
  const { t } = useTranslation();
  const partText = usePartText();
  const parts = usePartCount(run);
  const current = run?.parts.at(-1);
  if (job.state === 'waiting') return <span>{t('tune.run.waiting')}</span>;
  if (job.step !== 'tune' || run === null || current === undefined) {
    return <span>{t(`job.step.${job.step}`)}</span>;
  }
  return (
    <>
      <span>{partText(current)}</span>
      {parts !== null && <span>{t('tune.run.part', { part: run.parts.length, parts })}</span>}
    </>
  );
}

/** Trainings that a run is made of, as far as that can be told. */
function usePartCount(run: Run | null): number | null {
  const regime = run?.request.regime ?? 'head';
  const isOfFolds = run?.request.choices.averaging.folds ?? false;
  const input = { regime, isDeep: run?.isDeep ?? false, isOfFolds };
  const { data } = useQuery({ ...api.model.plan.queryOptions({ input }), enabled: run !== null });
  return data === undefined ? null : Math.max(data.parts, run?.parts.length ?? 0);
}

function StopButton(): ReactNode {
  const { t } = useTranslation();
  const chord = useChord('train.cancel');
  return (
    <Button
      variant="default"
      onClick={() => runAction('train.cancel')}
      rightSection={chord !== undefined && <KeyCap chord={chord} />}
    >
      {t('tune.run.stop')}
    </Button>
  );
}

interface EndedProps extends Omit<RunState, 'job'> {
  readonly title: string;
}

/** A training that was stopped, or failed: where it stands, and a way to go on. */
function Ended({ title, run, failed }: EndedProps): ReactNode {
  const { t } = useTranslation();
  return (
    <div className={styles.head}>
      <div className={styles.what}>
        <h2 className={styles.title}>{title}</h2>
        {failed !== null && (
          <p className={styles.failed} role="alert">
            <strong>{t('tune.run.failed')}.</strong> {failed.problem?.reason}
          </p>
        )}
        {run !== null && <StoppedAt run={run} />}
      </div>
      {run !== null && <EndedButtons />}
    </div>
  );
}

function StoppedAt({ run }: { readonly run: Run }): ReactNode {
  const { t } = useTranslation();
  const partText = usePartText();
  const part = run.parts.at(-1);
  const step = part?.losses.at(-1)?.step;
  const where =
    part === undefined || step === undefined
      ? t('tune.run.stoppedBefore')
      : t('tune.run.stoppedAt', {
          step: formatCount(step),
          steps: formatCount(part.steps),
          part: partText(part),
        });
  return (
    <p className={styles.line}>
      <span>{where}</span>
      <span>{t('tune.run.stoppedHint')}</span>
    </p>
  );
}

function EndedButtons(): ReactNode {
  const { t } = useTranslation();
  const chord = useChord('train.resume');
  return (
    <div className={styles.buttons}>
      <Button
        onClick={() => runAction('train.resume')}
        rightSection={chord !== undefined && <KeyCap chord={chord} />}
      >
        {t('tune.run.resume')}
      </Button>
      <Button variant="default" onClick={() => runAction('train.discard')}>
        {t('tune.run.discard')}
      </Button>
    </div>
  );
}

function Notes({ notes }: Pick<Run, 'notes'>): ReactNode {
  return (
    <ul className={styles.notes}>
      {notes.map((note) => (
        <li key={note}>
          <IconAlertTriangle size={16} stroke={1.6} aria-hidden />
          <span className="selectable">{note}</span>
        </li>
      ))}
    </ul>
  );
}
