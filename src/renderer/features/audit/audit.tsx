import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconReportSearch from '@tabler/icons-react/dist/esm/icons/IconReportSearch.mjs';
import type { ReactNode } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import type { ModelInfo } from '#contract/model.ts';
import type { ProjectInfo } from '#contract/project.ts';
import { formatCount, formatTime } from '../../i18n/format.ts';
import { runAction } from '../../state/actions.ts';
import { api } from '../../state/api.ts';
import { LoadError } from '../../state/load-error.tsx';
import { useProject } from '../../state/queries.ts';
import { useReadiness } from '../../state/train.ts';
import { useChord } from '../../state/use-chord.ts';
import { openReview } from '../../state/view.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { chordText, KeyCap } from '../../ui/key-cap.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import styles from './audit.module.css';
import { DeepAudit, DeepAuditButton } from './deep-audit.tsx';
import { Limits } from './limits.tsx';
import { PairMatrix } from './pair-matrix.tsx';
import { ShareSection } from './share-section.tsx';

/** How many labels are wrong, which, whose, and what cannot be said; on one page, top down. */
export function Audit(): ReactNode {
  const { data: project } = useProject();
  const { data: model, error, refetch } = useQuery(api.model.current.queryOptions());
  if (error !== null) {
    return <LoadError error={error} onRetry={refetch} />;
  }
  if (!project || model === undefined) {
    return (
      <Page>
        <SkeletonRows count={10} />
      </Page>
    );
  }
  if (model === null) return <Nothing />;
  return (
    <Page>
      <Headline project={project} model={model} />
      <PairMatrix />
      <ShareSection kind="annotators" project={project} />
      <ShareSection kind="sources" project={project} />
      <Limits project={project} model={model} />
    </Page>
  );
}

interface HeadlineProps {
  readonly project: ProjectInfo;
  readonly model: ModelInfo;
}

function Headline({ project, model }: HeadlineProps): ReactNode {
  const { t } = useTranslation();
  const errors = project.estimatedErrors ?? model.estimatedErrors;
  const isFew = errors.value < 0.5;
  return (
    <section className={styles.headline}>
      <p className={styles.sentence}>
        <Trans
          t={t}
          i18nKey={isFew ? 'audit.sentenceFew' : 'audit.sentence'}
          values={{
            errors: formatCount(errors.value),
            labels: formatCount(model.units),
            low: formatCount(errors.low),
            high: formatCount(errors.high),
          }}
          components={{
            strong: <strong />,
            interval: <span className={styles.interval} title={t('audit.intervalHint')} />,
          }}
        />
      </p>
      <p className={styles.note}>
        <Judges project={project} model={model} />{' '}
        {project.changedSinceModel > 0 && t('audit.changed', { count: project.changedSinceModel })}
      </p>
      <div className={styles.buttons}>
        {project.suspects > 0 && (
          <Button onClick={() => openReview()}>{t('audit.review', { count: project.suspects })}</Button>
        )}
        {project.changedSinceModel > 0 && !project.readOnly && (
          <RetrainButton isDefault={project.suspects > 0} />
        )}
        <DeepAuditButton />
      </div>
      <DeepAudit />
    </section>
  );
}

/** By whom the labels were judged: networks, or a classifier of fixed descriptions. */
function Judges({ project: { audit }, model }: HeadlineProps): ReactNode {
  const { t } = useTranslation();
  const values = { units: model.units, when: formatTime(audit?.at ?? model.createdAt) };
  return t(audit?.isDeep === true ? 'audit.madeDeep' : 'audit.made', values);
}

function RetrainButton({ isDefault = false }: { readonly isDefault?: boolean }): ReactNode {
  const { t } = useTranslation();
  const chord = useChord('train.retrain');
  const isReady = useReadiness() === 'ready';
  return (
    <Button
      variant={isDefault ? 'default' : 'filled'}
      disabled={!isReady}
      onClick={() => runAction('train.retrain')}
      rightSection={chord !== undefined && <KeyCap chord={chord} />}
    >
      {t('audit.retrain')}
    </Button>
  );
}

function Nothing(): ReactNode {
  const { t } = useTranslation();
  const key = chordText(useChord('train.retrain') ?? '');
  return (
    <EmptyState
      icon={<IconReportSearch size={28} stroke={1.5} />}
      title={t('audit.nothing')}
      action={<RetrainButton />}
    >
      {t('audit.nothingHint', { key })}
    </EmptyState>
  );
}
