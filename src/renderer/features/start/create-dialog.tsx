import { Button, Modal, TextInput } from '@mantine/core';
import IconFolder from '@tabler/icons-react/dist/esm/icons/IconFolder.mjs';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../state/api.ts';
import { pickPath } from '../../state/folder-picker.ts';
import { useProblem } from '../../state/use-problem.ts';
import { DialogForm, DialogHint } from '../../ui/dialog-form.tsx';
import { createProject } from './open-project.ts';
import { folderName, joinPath, safeName } from './paths.ts';

export interface CreateDialogProps {
  readonly isOpen: boolean;
  /** A dropped folder whose images are to be added at once. */
  readonly images: string | null;
  readonly onClose: () => void;
}

/** Asks for the name and place of a new project. */
export function CreateDialog({ isOpen, images, onClose }: CreateDialogProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('start.createTitle')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {isOpen && <CreateForm images={images} onClose={onClose} />}
    </Modal>
  );
}

function CreateForm({ images, onClose }: Omit<CreateDialogProps, 'isOpen'>): ReactNode {
  const { t } = useTranslation();
  const [name, setName] = useState(images === null ? t('start.defaultName') : folderName(images));
  const [place, setPlace] = useState<string | null>(null);
  const { problem, run, isRunning } = useProblem();
  const folder = place === null ? null : joinPath(place, safeName(name));
  const choose = async (): Promise<void> =>
    setPlace((await pickPath('folder', t('start.chooseFolder'))) ?? place);
  const create = async (): Promise<void> => {
    if (folder === null) return;
    await createProject(folder, name.trim());
    if (images !== null)
      await client.images.add({ folder: images, labels: { kind: 'none' }, annotator: null });
    onClose();
  };
  return (
    <DialogForm
      submitLabel={t('common.create')}
      cancelLabel={t('common.cancel')}
      isReady={folder !== null && name.trim() !== ''}
      isRunning={isRunning}
      problem={problem}
      onSubmit={() => run(create())}
      onCancel={onClose}
    >
      <TextInput
        data-autofocus
        label={t('start.name')}
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <div>
        <Button
          variant="default"
          leftSection={<IconFolder size={16} stroke={1.6} />}
          onClick={() => run(choose())}
        >
          {t('start.chooseFolder')}
        </Button>
        <DialogHint>{folder === null ? t('start.newHint') : t('start.projectFolder', { folder })}</DialogHint>
      </div>
    </DialogForm>
  );
}
