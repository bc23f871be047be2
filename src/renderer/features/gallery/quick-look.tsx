import { Modal } from '@mantine/core';
import { useEffect, useEffectEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageId } from '#core/ids.ts';
import { useDetail } from '../../state/details.ts';
import { pictureUrl } from '../../state/picture-url.ts';
import { useClassMap } from '../../state/queries.ts';
import { openImage, useView } from '../../state/view.ts';
import { ClassChip } from '../../ui/class-chip.tsx';
import { pick } from './grid-selection.ts';
import styles from './quick-look.module.css';

export interface QuickLookProps {
  readonly isOpen: boolean;
  readonly ids: readonly ImageId[];
  readonly onClose: () => void;
}

/** The focused image as large as the window allows. Space or Escape closes it, arrows go on, Enter opens it. */
export function QuickLook({ isOpen, ids, onClose }: QuickLookProps): ReactNode {
  const { t } = useTranslation();
  const focused = useView((state) => state.focused);
  const { data: image } = useDetail(isOpen ? focused : null);
  const classes = useClassMap();
  useQuickLookKeys({ isOpen, ids, onClose });
  const given = image?.given ? classes.get(image.given.class) : undefined;
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      size="auto"
      padding={8}
      title={
        <span className={styles.title}>
          {given === undefined ? (
            t('common.unlabelled')
          ) : (
            <ClassChip name={given.name} colour={given.colour} />
          )}
          <span className={styles.path}>{image?.path}</span>
        </span>
      }
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className={styles.stage}>
        {image !== undefined && (
          <img
            className={styles.picture}
            src={pictureUrl(image.id, 'full', image.hash)}
            alt={image.path}
            width={image.width}
            height={image.height}
            draggable={false}
          />
        )}
      </div>
    </Modal>
  );
}

function useQuickLookKeys({ isOpen, ids, onClose }: QuickLookProps): void {
  const go = (step: number): void => {
    const { focused } = useView.getState();
    const next = ids[Math.max(0, ids.indexOf(focused as ImageId) + step)];
    if (next !== undefined) pick(next, 'replace', ids);
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const { focused } = useView.getState();
    if (event.key === 'ArrowRight') go(1);
    else if (event.key === 'ArrowLeft') go(-1);
    else if (event.key === ' ') onClose();
    else if (event.key === 'Enter' && focused !== null) openImage(focused);
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    if (!isOpen) return;
    const listener = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', listener, true);
    return () => window.removeEventListener('keydown', listener, true);
  }, [isOpen]);
}
