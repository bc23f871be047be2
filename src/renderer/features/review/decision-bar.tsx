import { Button } from '@mantine/core';
import type { MouseEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActionId } from '../../state/action-specs/all.ts';
import { runAction } from '../../state/actions.ts';
import { useCanEdit } from '../../state/queries.ts';
import { useChord } from '../../state/use-chord.ts';
import { KeyCap } from '../../ui/key-cap.tsx';
import type { ClassPair } from '../../ui/reason-list.tsx';
import styles from './review.module.css';
import { PairText } from './pair-text.tsx';

// A button that keeps the focus after a click would take the Enter that is meant for the next suspect.
export const keepFocus = (event: MouseEvent): void => event.preventDefault();

interface DecisionProps {
  readonly id: ActionId;
  readonly isMain?: boolean;
  readonly children: ReactNode;
}

function Decision({ id, isMain = false, children }: DecisionProps): ReactNode {
  const chord = useChord(id);
  const canEdit = useCanEdit();
  return (
    <Button
      size="sm"
      variant={isMain ? 'filled' : 'default'}
      disabled={!canEdit && id !== 'review.skip'}
      onMouseDown={keepFocus}
      onClick={() => runAction(id)}
      rightSection={chord !== undefined && <KeyCap chord={chord} />}
    >
      {children}
    </Button>
  );
}

/** What a person can say about a suspect; every answer has a key. */
export function DecisionBar({ pair }: { readonly pair: ClassPair }): ReactNode {
  const { t } = useTranslation();
  const canEdit = useCanEdit();
  return (
    <div className={styles.decisions} role="group" aria-label={t('review.decisions')}>
      <Decision id="review.accept" isMain>
        <span className={styles.decision}>
          <PairText text="review.accept" pair={pair} />
        </span>
      </Decision>
      <Decision id="review.keep">
        <span className={styles.decision}>
          <PairText text="review.keep" pair={pair} />
        </span>
      </Decision>
      <Decision id="review.unsure">{t('review.unsure')}</Decision>
      <Decision id="review.skip">{t('review.skip')}</Decision>
      <span className={styles.hint}>{t(canEdit ? 'review.other' : 'review.readOnly')}</span>
    </div>
  );
}
