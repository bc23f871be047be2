import { Button, UnstyledButton } from '@mantine/core';
import type { MouseEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActionId } from '../../state/action-specs/all.ts';
import { pickClass, runAction } from '../../state/actions.ts';
import { hotkeyChord } from '../../state/keys.ts';
import { useCanEdit, useClasses } from '../../state/queries.ts';
import { useChord } from '../../state/use-chord.ts';
import { ClassChip } from '../../ui/class-chip.tsx';
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
      {canEdit ? <OtherClasses pair={pair} /> : <span className={styles.dim}>{t('review.readOnly')}</span>}
    </div>
  );
}

/** The classes that neither the label nor the model named, each with its key. */
function OtherClasses({ pair }: { readonly pair: ClassPair }): ReactNode {
  const { t } = useTranslation();
  const named = [pair.given.name, pair.suggested.name];
  const others = useClasses().filter(({ name, hotkey }) => hotkey !== null && !named.includes(name));
  if (others.length === 0) return null;
  return (
    <div className={styles.others} role="group" aria-label={t('review.other')}>
      <span className={styles.dim}>{t('review.other')}</span>
      {others.map(({ id, name, colour, hotkey }) => (
        <UnstyledButton
          key={id}
          className={styles.other}
          onMouseDown={keepFocus}
          onClick={() => pickClass(id)}
        >
          <ClassChip name={name} colour={colour} />
          {hotkey !== null && <KeyCap chord={hotkeyChord(hotkey)} />}
        </UnstyledButton>
      ))}
    </div>
  );
}
