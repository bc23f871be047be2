import { Modal, Select } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n/format.ts';
import { text } from '../../i18n/text.ts';
import { client } from '../../state/api.ts';
import { undo } from '../../state/label.ts';
import { useClasses, type CountedClass } from '../../state/queries.ts';
import { saving } from '../../state/saving.ts';
import { toast } from '../../state/toast.tsx';
import { useProblem } from '../../state/use-problem.ts';
import { ClassChip } from '../../ui/class-chip.tsx';
import { DialogForm, DialogHint } from '../../ui/dialog-form.tsx';
import styles from './class-section.module.css';
import { isWithin } from './class-tree.ts';

export interface MergeDialogProps {
  /** The class that will be gone; null while closed. */
  readonly merged: CountedClass | null;
  readonly onClose: () => void;
}

/** Merges a class into another, after saying what that will do. */
export function MergeDialog({ merged, onClose }: MergeDialogProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Modal
      opened={merged !== null}
      onClose={onClose}
      size={420}
      title={t('data.class.mergeTitle', { name: merged?.name ?? '' })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {merged !== null && <MergeForm from={merged} onClose={onClose} />}
    </Modal>
  );
}

function MergeForm({
  from,
  onClose,
}: {
  readonly from: CountedClass;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const classes = useClasses();
  const [target, setTarget] = useState<string | null>(null);
  const { problem, run, isRunning } = useProblem();
  const targets = classes.filter(({ id }) => !isWithin(classes, id, from.id));
  const into = classes.find(({ id }) => id === target);
  const children = classes.filter(({ parent }) => parent === from.id).length;
  const merge = async (chosen: CountedClass): Promise<void> => {
    await saving(() => client.classes.merge({ from: from.id, into: chosen.id }));
    toast(text('data.class.merged', { from: from.name, into: chosen.name }), {
      label: text('common.undo'),
      run: undo,
    });
    onClose();
  };
  return (
    <DialogForm
      submitLabel={t('data.class.mergeNow')}
      cancelLabel={t('common.cancel')}
      isReady={into !== undefined}
      isRunning={isRunning}
      problem={problem}
      onSubmit={() => into !== undefined && run(merge(into))}
      onCancel={onClose}
    >
      <Select
        data-autofocus
        label={t('data.class.mergeInto')}
        data={targets.map((item) => ({ value: item.id as string, label: item.name }))}
        value={target}
        searchable
        onChange={setTarget}
      />
      {into !== undefined && (
        <div className={styles.preview}>
          <p>
            <ClassChip name={from.name} colour={from.colour} /> →{' '}
            <ClassChip name={into.name} colour={into.colour} />
          </p>
          <p>
            {t('data.class.mergeUnits', {
              moved: formatCount(from.units),
              total: formatCount(from.units + into.units),
            })}
          </p>
          {children > 0 && <p>{t('data.class.mergeChildren', { count: children })}</p>}
          <DialogHint>{t('data.class.mergeHint')}</DialogHint>
        </div>
      )}
    </DialogForm>
  );
}
