import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClassId, ImageId } from '#core/ids.ts';
import { formatCount } from '../i18n/format.ts';
import { actionKey } from '../i18n/text.ts';
import { runAction } from '../state/actions.ts';
import type { LabelCounts } from '../state/label-counts.ts';
import { useCanEdit, useClasses } from '../state/queries.ts';
import { useChord } from '../state/use-chord.ts';
import { useLabelCounts } from '../state/use-label-counts.ts';
import { ConfidenceBar } from '../ui/confidence-bar.tsx';
import { KeyCap } from '../ui/key-cap.tsx';
import { SkeletonRows } from '../ui/skeleton-rows.tsx';
import { InspectorPart } from './inspector-part.tsx';
import { LabelPicker } from './label-picker.tsx';
import styles from './selection-inspector.module.css';

/** What many selected images have in common; its buttons act on all of them. */
export function SelectionInspector({ ids }: { readonly ids: ReadonlySet<ImageId> }): ReactNode {
  const { t } = useTranslation();
  const counts = useLabelCounts(ids);
  const shareOf = (id: ClassId): boolean | 'mixed' => {
    const count = counts?.byClass.get(id) ?? 0;
    return count > 0 && (count === ids.size || 'mixed');
  };
  return (
    <>
      <p className={styles.total}>{t('inspector.selected', { total: formatCount(ids.size) })}</p>
      <LabelPicker isGiven={shareOf} />
      <InspectorPart title={t('inspector.labels')}>
        {counts === undefined ? <SkeletonRows count={3} /> : <Shares counts={counts} total={ids.size} />}
      </InspectorPart>
      <ForAll id="gallery.acceptPredictions" />
      <ForAll id="gallery.unlabel" />
    </>
  );
}

function Shares({ counts, total }: { readonly counts: LabelCounts; readonly total: number }): ReactNode {
  const { t } = useTranslation();
  const classes = useClasses().filter(({ id }) => counts.byClass.has(id));
  const isMixed = classes.length + Number(counts.unlabelled > 0) > 1;
  const rows = [
    ...classes.map(({ id, name, colour }) => ({ id, name, colour, count: counts.byClass.get(id) ?? 0 })),
    { id: '', name: t('common.unlabelled'), colour: 'var(--line-strong)', count: counts.unlabelled },
  ];
  return (
    <>
      <p>{t(isMixed ? 'inspector.mixed' : 'inspector.alike')}</p>
      {rows.map(
        ({ id, name, colour, count }) =>
          count > 0 && (
            <ConfidenceBar
              key={id}
              label={name}
              colour={colour}
              value={count / total}
              text={formatCount(count)}
              isGiven
            />
          ),
      )}
    </>
  );
}

function ForAll({ id }: { readonly id: 'gallery.acceptPredictions' | 'gallery.unlabel' }): ReactNode {
  const { t } = useTranslation();
  const canEdit = useCanEdit();
  const chord = useChord(id);
  return (
    <Button
      fullWidth
      variant="default"
      size="compact-sm"
      className={styles.button ?? ''}
      disabled={!canEdit}
      rightSection={chord !== undefined && <KeyCap chord={chord} />}
      onClick={() => runAction(id)}
    >
      {t(actionKey(id))}
    </Button>
  );
}
