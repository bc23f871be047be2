import { TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { pickPath } from '../state/folder-picker.ts';
import { useProblem } from '../state/use-problem.ts';
import { DialogForm, DialogHint, PathChoice } from './dialog-form.tsx';

/** What a form that writes a file says. */
export interface SaveWords {
  readonly hint: string;
  /** Of the choice of a folder. */
  readonly choose: string;
  /** Of the file's name. */
  readonly name: string;
  readonly save: string;
}

export interface SaveFormProps {
  readonly words: SaveWords;
  /** The name that is proposed. */
  readonly fileName: string;
  /** Writes the file; what it throws is shown in the form. */
  readonly onSave: (file: string) => Promise<void>;
  readonly onClose: () => void;
}

/** Asks for a folder and a name, and writes a file there. */
export function SaveForm({ words, fileName, onSave, onClose }: SaveFormProps): ReactNode {
  const { t } = useTranslation();
  const [folder, setFolder] = useState<string | null>(null);
  const [name, setName] = useState(fileName);
  const { problem, run, isRunning } = useProblem();
  const separator = folder?.includes('\\') === true ? '\\' : '/';
  const save = async (): Promise<void> => {
    if (folder === null) return;
    await onSave(folder + separator + name.trim());
    onClose();
  };
  const choose = async (): Promise<void> => setFolder((await pickPath('folder', words.choose)) ?? folder);
  return (
    <DialogForm
      submitLabel={words.save}
      cancelLabel={t('common.cancel')}
      isReady={folder !== null && name.trim() !== ''}
      isRunning={isRunning}
      problem={problem}
      onSubmit={() => run(save())}
      onCancel={onClose}
    >
      <DialogHint>{words.hint}</DialogHint>
      <PathChoice label={words.choose} path={folder} hint={t('common.none')} onChoose={() => run(choose())} />
      <TextInput label={words.name} value={name} onChange={(event) => setName(event.currentTarget.value)} />
    </DialogForm>
  );
}
