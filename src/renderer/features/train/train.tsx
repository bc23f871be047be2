import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconBrain from '@tabler/icons-react/dist/esm/icons/IconBrain.mjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelInfo } from '#contract/model.ts';
import type { ProjectInfo } from '#contract/project.ts';
import { api } from '../../state/api.ts';
import { useComparing } from '../../state/comparing.ts';
import { LoadError } from '../../state/load-error.tsx';
import { useCanEdit, useProject } from '../../state/queries.ts';
import { useReadiness } from '../../state/train.ts';
import { useTuning } from '../../state/tuning.ts';
import { useChord } from '../../state/use-chord.ts';
import { showView } from '../../state/view.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { chordText } from '../../ui/key-cap.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { ClassTable } from './class-table.tsx';
import { Comparison } from './comparison.tsx';
import { ConfusionSection } from './confusion-section.tsx';
import { ModelTable } from './model-table.tsx';
import { Quality } from './quality.tsx';
import { RetrainPanel } from './retrain-panel.tsx';
import { RoundSection } from './round-section.tsx';
import { RunPanel } from './run-panel.tsx';
import styles from './train.module.css';
import { TunePanel } from './tune-panel.tsx';
import { UnlabelledSection } from './unlabelled-section.tsx';

/** Retrain with one button, then see how good the model is and what the last corrections bought. */
export function Train(): ReactNode {
  const { data: project } = useProject();
  const current = useQuery(api.model.current.queryOptions());
  const models = useQuery(api.model.list.queryOptions());
  const isReady = useReadiness() === 'ready';
  const error = current.error ?? models.error;
  if (error !== null) {
    const again = () => Promise.all([current.refetch(), models.refetch()]);
    return <LoadError error={error} onRetry={again} />;
  }
  if (!project || current.data === undefined) {
    return (
      <Page>
        <SkeletonRows count={10} />
      </Page>
    );
  }
  return (
    <Page>
      {(current.data !== null || isReady) && (
        <Training project={project} model={current.data} models={models.data ?? []} />
      )}
      {current.data === null ? (
        <First project={project} />
      ) : (
        <Report project={project} model={current.data} models={models.data ?? []} />
      )}
    </Page>
  );
}

interface TrainingProps {
  readonly project: ProjectInfo;
  /** The one in use; null before the first training. */
  readonly model: ModelInfo | null;
  readonly models: readonly ModelInfo[];
}

/** What can be trained, and the training that goes on. */
function Training({ project, model, models }: TrainingProps): ReactNode {
  const isTuning = useTuning(({ isOpen }) => isOpen);
  const canEdit = useCanEdit();
  return (
    <>
      <RetrainPanel project={project} model={model} />
      {isTuning && canEdit && <TunePanel model={model} models={models} />}
      <RunPanel />
    </>
  );
}

interface ReportProps {
  readonly project: ProjectInfo;
  readonly model: ModelInfo;
  readonly models: readonly ModelInfo[];
}

function Report({ project, model, models }: ReportProps): ReactNode {
  const pair = useComparing((comparing) => comparing.pair);
  const isThere = (id: string): boolean => models.some((each) => each.id === id);
  return (
    <>
      <div className={styles.pair}>
        <Quality model={model} />
        <RoundSection model={model} />
      </div>
      <ModelTable models={models} current={model.id} />
      {pair !== null && isThere(pair.first) && isThere(pair.second) && (
        <Comparison models={models} pair={pair} />
      )}
      <ClassTable model={model} />
      <ConfusionSection model={model} />
      <UnlabelledSection project={project} />
    </>
  );
}

/** Before the first model: what is missing, and the key that brings it. */
function First({ project }: { readonly project: ProjectInfo }): ReactNode {
  const { t } = useTranslation();
  const ready = useReadiness();
  const addKey = chordText(useChord('data.addImages') ?? '');
  const trainKey = chordText(useChord('train.retrain') ?? '');
  const icon = <IconBrain size={28} stroke={1.5} />;
  if (ready === 'no-images') {
    return (
      <EmptyState
        icon={icon}
        title={t('train.needsImages')}
        action={<Button onClick={() => showView('data')}>{t('app.view.data')}</Button>}
      >
        {t('train.needsImagesHint', { key: addKey })}
      </EmptyState>
    );
  }
  if (ready === 'too-few-labels') {
    return (
      <EmptyState
        icon={icon}
        title={t('train.needsLabels')}
        action={<Button onClick={() => showView('gallery')}>{t('app.view.gallery')}</Button>}
      >
        {t('train.needsLabelsHint', { labels: project.labelled, classes: project.classes })}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={icon} title={t('train.noModel')}>
      {t('train.noModelHint', { key: trainKey })}
    </EmptyState>
  );
}
