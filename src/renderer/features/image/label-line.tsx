import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageDetail } from '#contract/images.ts';
import { formatPercent } from '../../i18n/format.ts';
import { runAction } from '../../state/actions.ts';
import { useCanEdit, useClassMap } from '../../state/queries.ts';
import { useChord } from '../../state/use-chord.ts';
import { ClassChip } from '../../ui/class-chip.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import styles from './label-line.module.css';

/** What the open image is labelled, and what the model takes it for: hollow until somebody accepts it. */
export function LabelLine({ image }: { readonly image: ImageDetail }): ReactNode {
  const { t } = useTranslation();
  const classes = useClassMap();
  const canEdit = useCanEdit();
  const accept = useChord('image.accept');
  const { given, prediction } = image;
  const labelled = given === null ? undefined : classes.get(given.class);
  const predicted = prediction === null ? undefined : classes.get(prediction.class);
  const isAgreed = given !== null && given.class === prediction?.class;
  return (
    <div className={styles.line}>
      <span className={styles.part} data-given>
        {labelled === undefined ? (
          <span className={styles.dim}>{t('image.unlabelled')}</span>
        ) : (
          <ClassChip name={labelled.name} colour={labelled.colour} />
        )}
      </span>
      {predicted !== undefined && prediction !== null && (
        <span className={styles.part}>
          <span className={styles.dim}>{t('image.predicted')}</span>
          {isAgreed ? (
            <span className={styles.dim}>{t('image.agrees')}</span>
          ) : (
            <span className={styles.proposal}>
              <ClassChip name={predicted.name} colour={predicted.colour} isPredicted />
            </span>
          )}
          <span className={styles.dim}>{formatPercent(prediction.confidence)}</span>
          {!isAgreed && canEdit && (
            <Button
              variant="default"
              size="compact-xs"
              rightSection={accept !== undefined && <KeyCap chord={accept} />}
              onClick={() => runAction('image.accept')}
            >
              {t('image.acceptHint')}
            </Button>
          )}
        </span>
      )}
    </div>
  );
}
