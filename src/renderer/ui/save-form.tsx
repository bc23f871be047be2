import { TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#base/problem.ts';
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
  /** What went wrong the last time; null when nothing did. */
  readonly problem: Problem | null;
  readonly isRunning: boolean;
  /** Follows work, and brings what goes wrong in it back as the form's problem. */
  readonly run: (work: Promise<unknown>) => void;
  /** Lets the person choose a folder; null when they leave it. */
  readonly onChooseFolder: () => Promise<string | null>;
  /** Writes the file. */
  readonly onSave: (file: string) => Promise<void>;
  readonly onClose: () => void;
}

/** Asks for a folder and a name, and writes a file there. */
export function SaveForm(props: SaveFormProps): ReactNode {
  const { words, fileName, problem, isRunning, run, onChooseFolder, onSave, onClose } = props;
  const { t } = useTranslation();
  const [folder, setFolder] = useState<string | null>(null);
  const [name, setName] = useState(fileName);
  const separator = folder?.includes('\\') === true ? '\\' : '/';
  const save = async (): Promise<void> => {
    if (folder === null) return;
    await onSave(folder + separator + name.trim());
    onClose();
  };
  const choose = async (): Promise<void> => setFolder((await onChooseFolder()) ?? folder);
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
