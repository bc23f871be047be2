import { Modal, Radio, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LabelOrigin } from '#contract/images.ts';
import { client } from '../../state/api.ts';
import { pickPath } from '../../state/folder-picker.ts';
import { useProject } from '../../state/queries.ts';
import { useProblem } from '../../state/use-problem.ts';
import { DialogForm, PathChoice } from '../../ui/dialog-form.tsx';

export interface DialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Asks for a folder of images and where their labels come from, then starts to add them. */
export function AddImagesDialog({ isOpen, onClose }: DialogProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('data.action.addImages')}
      size={520}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {isOpen && <AddForm onClose={onClose} />}
    </Modal>
  );
}

const kinds: readonly LabelOrigin['kind'][] = ['none', 'folders', 'csv'];

function originOf(kind: LabelOrigin['kind'], file: string | null): LabelOrigin | null {
  if (kind !== 'csv') return { kind };
  return file === null ? null : { kind, file };
}

function AddForm({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const { data: project } = useProject();
  const [folder, setFolder] = useState<string | null>(null);
  const [kind, setKind] = useState<LabelOrigin['kind']>('none');
  const [file, setFile] = useState<string | null>(null);
  const [annotator, setAnnotator] = useState(project?.annotator.name ?? '');
  const { problem, run, isRunning } = useProblem();
  const labels = originOf(kind, file);
  const add = async (): Promise<void> => {
    if (folder === null || labels === null) return;
    await client.images.add({ folder, labels, annotator: kind === 'none' ? null : annotator.trim() || null });
    onClose();
  };
  return (
    <DialogForm
      submitLabel={t('data.add.start')}
      cancelLabel={t('common.cancel')}
      isReady={folder !== null && labels !== null}
      isRunning={isRunning}
      problem={problem}
      onSubmit={() => run(add())}
      onCancel={onClose}
    >
      <PathChoice
        label={t('data.add.chooseFolder')}
        path={folder}
        hint={t('data.add.folderHint')}
        onChoose={() =>
          run(pickPath('folder', t('data.add.chooseFolder')).then((path) => setFolder(path ?? folder)))
        }
      />
      <OriginChoice kind={kind} onChange={setKind} />
      {kind === 'csv' && (
        <PathChoice
          label={t('data.add.chooseCsv')}
          path={file}
          hint={t('data.add.csvHint')}
          onChoose={() => run(pickPath('csv', t('data.add.chooseCsv')).then((path) => setFile(path ?? file)))}
        />
      )}
      {kind !== 'none' && (
        <TextInput
          label={t('data.add.annotator')}
          description={t('data.add.annotatorHint')}
          value={annotator}
          maxLength={100}
          onChange={(event) => setAnnotator(event.currentTarget.value)}
        />
      )}
    </DialogForm>
  );
}

interface OriginChoiceProps {
  readonly kind: LabelOrigin['kind'];
  readonly onChange: (kind: LabelOrigin['kind']) => void;
}

function OriginChoice({ kind, onChange }: OriginChoiceProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Radio.Group
      label={t('data.add.labels')}
      value={kind}
      onChange={(value) => onChange(kinds.find((each) => each === value) ?? 'none')}
    >
      {kinds.map((each) => (
        <Radio
          key={each}
          mt={6}
          size="xs"
          value={each}
          label={t(`data.add.origin.${each}`)}
          description={t(`data.add.originHint.${each}`)}
        />
      ))}
    </Radio.Group>
  );
}
