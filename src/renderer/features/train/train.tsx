import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconBrain from '@tabler/icons-react/dist/esm/icons/IconBrain.mjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelInfo } from '#contract/model.ts';
import type { ProjectInfo } from '#contract/project.ts';
import { api } from '../../state/api.ts';
import { LoadError } from '../../state/load-error.tsx';
import { useProject } from '../../state/queries.ts';
import { useReadiness } from '../../state/train.ts';
import { useChord } from '../../state/use-chord.ts';
import { showView } from '../../state/view.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { chordText } from '../../ui/key-cap.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { ClassTable } from './class-table.tsx';
import { ConfusionSection } from './confusion-section.tsx';
import { ModelTable } from './model-table.tsx';
import { Quality } from './quality.tsx';
import { RetrainPanel } from './retrain-panel.tsx';
import { RoundSection } from './round-section.tsx';
import styles from './train.module.css';
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
      {(current.data !== null || isReady) && <RetrainPanel project={project} model={current.data} />}
      {current.data === null ? (
        <First project={project} />
      ) : (
        <Report project={project} model={current.data} models={models.data ?? []} />
      )}
    </Page>
  );
}

interface ReportProps {
  readonly project: ProjectInfo;
  readonly model: ModelInfo;
  readonly models: readonly ModelInfo[];
}

function Report({ project, model, models }: ReportProps): ReactNode {
  return (
    <>
      <div className={styles.pair}>
        <Quality model={model} />
        <RoundSection model={model} />
      </div>
      <ClassTable model={model} />
      <ConfusionSection model={model} />
      <UnlabelledSection project={project} />
      <ModelTable models={models} current={model.id} />
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
