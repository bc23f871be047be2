import { Modal, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n/format.ts';
import { client } from '../../state/api.ts';
import { pickPath } from '../../state/folder-picker.ts';
import { toast } from '../../state/toast.tsx';
import { useProblem } from '../../state/use-problem.ts';
import { DialogForm, DialogHint, PathChoice } from '../../ui/dialog-form.tsx';
import type { DialogProps } from './add-images-dialog.tsx';

/** Asks where to write labels and predictions as CSV. */
export function ExportDialog({ isOpen, onClose }: DialogProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('data.action.exportCsv')}
      size={520}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {isOpen && <ExportForm onClose={onClose} />}
    </Modal>
  );
}

function ExportForm({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const [folder, setFolder] = useState<string | null>(null);
  const [name, setName] = useState('labels.csv');
  const { problem, run, isRunning } = useProblem();
  const separator = folder?.includes('\\') === true ? '\\' : '/';
  const save = async (): Promise<void> => {
    if (folder === null) return;
    const { rows, file } = await client.project.exportCsv({ file: folder + separator + name.trim() });
    toast(t('data.export.done', { rows: formatCount(rows), file }));
    onClose();
  };
  const choose = async (): Promise<void> =>
    setFolder((await pickPath('folder', t('data.export.choose'))) ?? folder);
  return (
    <DialogForm
      submitLabel={t('data.export.save')}
      cancelLabel={t('common.cancel')}
      isReady={folder !== null && name.trim() !== ''}
      isRunning={isRunning}
      problem={problem}
      onSubmit={() => run(save())}
      onCancel={onClose}
    >
      <DialogHint>{t('data.export.hint')}</DialogHint>
      <PathChoice
        label={t('data.export.choose')}
        path={folder}
        hint={t('common.none')}
        onChoose={() => run(choose())}
      />
      <TextInput
        label={t('data.export.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </DialogForm>
  );
}
