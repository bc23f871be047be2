import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n/format.ts';
import { client } from '../../state/api.ts';
import { pickPath } from '../../state/folder-picker.ts';
import { toast } from '../../state/toast.tsx';
import { useProblem } from '../../state/use-problem.ts';
import { SaveForm } from '../../ui/save-form.tsx';
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
  const write = async (path: string): Promise<void> => {
    const { rows, file } = await client.project.exportCsv({ file: path });
    toast(t('data.export.done', { rows: formatCount(rows), file }));
  };
  const words = {
    ...{ hint: t('data.export.hint'), choose: t('data.export.choose') },
    ...{ name: t('data.export.name'), save: t('data.export.save') },
  };
  const saving = useProblem();
  const choose = (): Promise<string | null> => pickPath('folder', words.choose);
  return (
    <SaveForm
      {...{ words, ...saving, onClose }}
      fileName="labels.csv"
      onChooseFolder={choose}
      onSave={write}
    />
  );
}
