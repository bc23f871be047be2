import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelInfo } from '#contract/model.ts';
import { client } from '../../state/api.ts';
import { pickPath } from '../../state/folder-picker.ts';
import { useProject } from '../../state/queries.ts';
import { toast } from '../../state/toast.tsx';
import { useProblem } from '../../state/use-problem.ts';
import { SaveForm } from '../../ui/save-form.tsx';
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
  const write = async (path: string): Promise<void> => {
    const { file } = await client.model.export({ model: model.id, file: path });
    toast(t('tune.export.done', { file }));
  };
  const words = {
    ...{ hint: t('tune.export.hint'), choose: t('tune.export.choose') },
    ...{ name: t('tune.export.name'), save: t('tune.export.save') },
  };
  const proposed = `${fileName(project?.name ?? '')}-${model.regime}.onnx`;
  const saving = useProblem();
  const choose = (): Promise<string | null> => pickPath('folder', words.choose);
  return (
    <SaveForm {...{ words, ...saving, onClose }} fileName={proposed} onChooseFolder={choose} onSave={write} />
  );
}

/** A project's name without what file systems refuse. */
function fileName(name: string): string {
  return name.replace(/[\\/:*?"<>|\s]+/g, '-').toLowerCase() || 'model';
}
