import { Button } from '@mantine/core';
import IconFilterOff from '@tabler/icons-react/dist/esm/icons/IconFilterOff.mjs';
import IconPhotoPlus from '@tabler/icons-react/dist/esm/icons/IconPhotoPlus.mjs';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { runAction } from '../../state/actions.ts';
import { emptyFilter } from '../../state/filter.ts';
import { LoadError } from '../../state/load-error.tsx';
import { useCanEdit, useImageOrder, useProject, useRunningJob } from '../../state/queries.ts';
import { useView } from '../../state/view.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { GridSkeleton } from './grid-skeleton.tsx';
import { Grid } from './grid.tsx';
import { QuickLook } from './quick-look.tsx';

/** All images of the project, or those that a filter lets through. */
export function Gallery(): ReactNode {
  const { data: order, error, refetch } = useImageOrder();
  const [isLooking, setLooking] = useState(false);
  if (order === undefined && error !== null) {
    return <LoadError error={error} onRetry={refetch} />;
  }
  if (order === undefined) return <GridSkeleton />;
  if (order.ids.length === 0) return <Nothing />;
  return (
    <>
      <Grid order={order} onQuickLook={() => setLooking(true)} />
      <QuickLook isOpen={isLooking} ids={order.ids} onClose={() => setLooking(false)} />
    </>
  );
}

/** Why nothing is shown, and what to do about it. */
function Nothing(): ReactNode {
  const { t } = useTranslation();
  const { data: project } = useProject();
  const canEdit = useCanEdit();
  const job = useRunningJob();
  const isFiltered = useView((state) => state.filter !== emptyFilter) && (project?.images ?? 0) > 0;
  if (isFiltered) {
    return (
      <EmptyState
        icon={<IconFilterOff size={32} stroke={1.3} />}
        title={t('gallery.noMatch')}
        action={
          <Button variant="default" onClick={() => runAction('gallery.clearFilter')}>
            {t('gallery.action.clearFilter')}
          </Button>
        }
      >
        {t('gallery.noMatchHint')}
      </EmptyState>
    );
  }
  if (job?.kind === 'add' || job?.kind === 'sample') return <GridSkeleton />;
  return (
    <EmptyState
      icon={<IconPhotoPlus size={32} stroke={1.3} />}
      title={t('gallery.empty')}
      action={
        canEdit && <Button onClick={() => runAction('data.addImages')}>{t('data.action.addImages')}</Button>
      }
    >
      {t('gallery.emptyHint')} {canEdit && <KeyCap chord="Ctrl+Shift+A" />}
    </EmptyState>
  );
}
