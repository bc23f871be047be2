import { Button, Skeleton } from '@mantine/core';
import IconArrowLeft from '@tabler/icons-react/dist/esm/icons/IconArrowLeft.mjs';
import IconChevronLeft from '@tabler/icons-react/dist/esm/icons/IconChevronLeft.mjs';
import IconChevronRight from '@tabler/icons-react/dist/esm/icons/IconChevronRight.mjs';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageDetail } from '#contract/images.ts';
import { PictureStage } from '../../canvas/picture-stage.tsx';
import { ViewController } from '../../canvas/view-controller.ts';
import { useDetail } from '../../state/details.ts';
import { useView, showView } from '../../state/view.ts';
import { useChord } from '../../state/use-chord.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { DisplayTools } from './display-tools.tsx';
import { Filmstrip } from './filmstrip.tsx';
import styles from './image-view.module.css';
import { LabelLine } from './label-line.tsx';
import { useImageActions } from './use-image-actions.ts';
import { useSteps, type Steps } from './use-steps.ts';
import { Tool, ViewTools } from './view-tools.tsx';
import { useViewerSettings } from './viewer-settings.ts';

/** One image, large, with its neighbours in the gallery's order one key away. */
export function ImageView(): ReactNode {
  const { t } = useTranslation();
  const open = useView((state) => state.focused);
  const { data: image, isError } = useDetail(open);
  const { display, isZoomKept } = useViewerSettings();
  const [controller] = useState(() => new ViewController());
  const steps = useSteps();
  const openKey = useChord('gallery.open') ?? '';
  useImageActions({ image, steps, controller });

  if (open === null || isError) {
    return (
      <EmptyState
        title={t(isError ? 'image.gone' : 'image.empty')}
        action={<Button onClick={() => showView('gallery')}>{t('image.action.back')}</Button>}
      >
        {!isError && t('image.emptyHint', { key: openKey })}
      </EmptyState>
    );
  }
  return (
    <div className={styles.view}>
      <Toolbar image={image} steps={steps} controller={controller} />
      <div className={styles.stage}>
        {image === undefined ? (
          <Skeleton className={styles.skeleton} aria-label={t('image.loading')} />
        ) : (
          <PictureStage image={image} controller={controller} display={display} isZoomKept={isZoomKept} />
        )}
      </div>
      <Filmstrip ids={steps.ids} open={open} at={steps.at} />
    </div>
  );
}

interface ToolbarProps {
  readonly image: ImageDetail | undefined;
  readonly steps: Steps;
  readonly controller: ViewController;
}

function Toolbar({ image, steps, controller }: ToolbarProps): ReactNode {
  const { t } = useTranslation();
  return (
    <header className={styles.toolbar}>
      <Tool id="image.back">
        <IconArrowLeft size={16} stroke={1.6} />
      </Tool>
      <span className={styles.tools}>
        <Tool id="image.previous">
          <IconChevronLeft size={16} stroke={1.6} />
        </Tool>
        <Tool id="image.next">
          <IconChevronRight size={16} stroke={1.6} />
        </Tool>
      </span>
      {steps.at >= 0 && (
        <span className={styles.position}>
          {t('image.position', { at: steps.at + 1, count: steps.ids.length })}
        </span>
      )}
      <div className={styles.label}>{image !== undefined && <LabelLine image={image} />}</div>
      <ViewTools controller={controller} />
      <DisplayTools />
    </header>
  );
}
