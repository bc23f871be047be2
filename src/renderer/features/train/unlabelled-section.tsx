import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProjectInfo } from '#contract/project.ts';
import { useChord } from '../../state/use-chord.ts';
import { showImages } from '../../state/view.ts';
import { Section } from '../../ui/page.tsx';
import { chordText } from '../../ui/key-cap.tsx';
import styles from './train.module.css';

/** Images that have only a prediction, and the two orders in which going through them pays. */
export function UnlabelledSection({ project }: { readonly project: ProjectInfo }): ReactNode {
  const { t } = useTranslation();
  const key = chordText(useChord('gallery.acceptPredictions') ?? '');
  const count = project.images - project.labelled;
  const show = (descending: boolean) => showImages({ labelled: false }, { by: 'uncertainty', descending });
  if (count === 0) {
    return (
      <Section title={t('train.unlabelled.title')}>
        <p className={styles.dim}>{t('train.unlabelled.none')}</p>
      </Section>
    );
  }
  return (
    <Section title={t('train.unlabelled.title')}>
      <p className={styles.verdict}>{t('train.unlabelled.some', { count })}</p>
      <div className={styles.buttons}>
        <Button variant="default" onClick={() => show(false)}>
          {t('train.unlabelled.surest')}
        </Button>
        <Button variant="default" onClick={() => show(true)}>
          {t('train.unlabelled.doubtful')}
        </Button>
      </div>
      <p className={styles.note}>{t('train.unlabelled.hint', { key })}</p>
    </Section>
  );
}
