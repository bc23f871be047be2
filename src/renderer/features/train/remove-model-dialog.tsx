import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelInfo } from '#contract/model.ts';
import { client } from '../../state/api.ts';
import { useProblem } from '../../state/use-problem.ts';
import { toast } from '../../state/toast.tsx';
import { DialogForm, DialogHint } from '../../ui/dialog-form.tsx';
import type { ModelDialogProps } from './export-model-dialog.tsx';
import { useModelWords } from './use-model-words.ts';

/** Asks before a model is deleted: it is no part of the journal, so that cannot be undone. */
export function RemoveModelDialog({ model, onClose }: ModelDialogProps): ReactNode {
  const { t } = useTranslation();
  const { nameOf } = useModelWords();
  const { problem, run, isRunning } = useProblem();
  const remove = async ({ id, ...named }: ModelInfo): Promise<void> => {
    await client.model.remove({ model: id });
    toast(t('tune.remove.done', { name: nameOf(named) }));
    onClose();
  };
  return (
    <Modal
      opened={model !== null}
      onClose={onClose}
      title={model !== null && t('tune.remove.title', { name: nameOf(model) })}
      size={420}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {model !== null && (
        <DialogForm
          submitLabel={t('tune.remove.now')}
          cancelLabel={t('common.cancel')}
          isReady
          isRunning={isRunning}
          problem={problem}
          onSubmit={() => run(remove(model))}
          onCancel={onClose}
        >
          <DialogHint>{t('tune.remove.hint')}</DialogHint>
        </DialogForm>
      )}
    </Modal>
  );
}
