import { Modal, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelInfo } from '#contract/model.ts';
import { client } from '../../state/api.ts';
import { pickPath } from '../../state/folder-picker.ts';
import { useProject } from '../../state/queries.ts';
import { toast } from '../../state/toast.tsx';
import { useProblem } from '../../state/use-problem.ts';
import { DialogForm, DialogHint, PathChoice } from '../../ui/dialog-form.tsx';
import { useModelWords } from './use-model-words.ts';

export interface ModelDialogProps {
  /** The model that it is about; null while closed. */
  readonly model: ModelInfo | null;
  readonly onClose: () => void;
}

/** Asks where to write a model as one ONNX file. */
export function ExportModelDialog({ model, onClose }: ModelDialogProps): ReactNode {
  const { t } = useTranslation();
  const { nameOf } = useModelWords();
  return (
    <Modal
      opened={model !== null}
      onClose={onClose}
      title={model !== null && t('tune.export.title', { name: nameOf(model) })}
      size={520}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {model !== null && <ExportForm model={model} onClose={onClose} />}
    </Modal>
  );
}

function ExportForm({
  model,
  onClose,
}: {
  readonly model: ModelInfo;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const { data: project } = useProject();
  const [folder, setFolder] = useState<string | null>(null);
  const [name, setName] = useState(`${fileName(project?.name ?? '')}-${model.regime}.onnx`);
  const { problem, run, isRunning } = useProblem();
  const separator = folder?.includes('\\') === true ? '\\' : '/';
  const save = async (): Promise<void> => {
    if (folder === null) return;
    const { file } = await client.model.export({ model: model.id, file: folder + separator + name.trim() });
    toast(t('tune.export.done', { file }));
    onClose();
  };
  const choose = async (): Promise<void> =>
    setFolder((await pickPath('folder', t('tune.export.choose'))) ?? folder);
  return (
    <DialogForm
      submitLabel={t('tune.export.save')}
      cancelLabel={t('common.cancel')}
      isReady={folder !== null && name.trim() !== ''}
      isRunning={isRunning}
      problem={problem}
      onSubmit={() => run(save())}
      onCancel={onClose}
    >
      <DialogHint>{t('tune.export.hint')}</DialogHint>
      <PathChoice
        label={t('tune.export.choose')}
        path={folder}
        hint={t('common.none')}
        onChoose={() => run(choose())}
      />
      <TextInput
        label={t('tune.export.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </DialogForm>
  );
}

/** A project's name without what file systems refuse. */
function fileName(name: string): string {
  return name.replace(/[\\/:*?"<>|\s]+/g, '-').toLowerCase() || 'model';
}
