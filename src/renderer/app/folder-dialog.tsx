import { Button, Modal, TextInput, UnstyledButton } from '@mantine/core';
import IconArrowUp from '@tabler/icons-react/dist/esm/icons/IconArrowUp.mjs';
import IconBrain from '@tabler/icons-react/dist/esm/icons/IconBrain.mjs';
import IconFileTypeCsv from '@tabler/icons-react/dist/esm/icons/IconFileTypeCsv.mjs';
import IconFolder from '@tabler/icons-react/dist/esm/icons/IconFolder.mjs';
import IconFolderCheck from '@tabler/icons-react/dist/esm/icons/IconFolderCheck.mjs';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FolderEntry } from '#contract/project.ts';
import { answerPick, browse, lastPlace, usePicker, type PickKind } from '../state/folder-picker.ts';
import { LoadError } from '../state/load-error.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { SkeletonRows } from '../ui/skeleton-rows.tsx';
import styles from './folder-dialog.module.css';

/** Chooses a folder or file on the engine's machine, where the shell has no dialog of its own. */
export function FolderDialog(): ReactNode {
  const { t } = useTranslation();
  const picking = usePicker((state) => state.picking);
  return (
    <Modal
      // Above the dialog that asks for a path, whichever of the two was on the page first.
      zIndex={210}
      opened={picking !== null}
      onClose={() => answerPick(null)}
      title={picking?.title}
      size={640}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {picking !== null && <Browser kind={picking.kind} />}
    </Modal>
  );
}

function Browser({ kind }: { readonly kind: PickKind }): ReactNode {
  const { t } = useTranslation();
  const [place, setPlace] = useState(lastPlace);
  const { data, error, refetch, isPlaceholderData } = useQuery({
    queryKey: ['browse', place],
    queryFn: () => browse(place),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });
  if (error !== null && data === undefined) {
    return <LoadError error={error} onRetry={refetch} />;
  }
  if (data === undefined) return <SkeletonRows count={10} />;
  const shown = data.entries.filter((entry) => isShown(entry, kind));
  const choosesFolder = kind === 'folder';
  return (
    <>
      <PlaceInput key={data.path} path={data.path} parent={data.parent} onGo={setPlace} />
      <div className={styles.list}>
        {shown.length === 0 && <p className={styles.empty}>{t('start.picker.empty')}</p>}
        {shown.map((entry) => (
          <Entry
            key={entry.path}
            entry={entry}
            onPick={() => (isGoal(entry, kind) ? answerPick(entry.path) : setPlace(entry.path))}
          />
        ))}
      </div>
      <div className={styles.foot}>
        <span className={styles.count}>{t('start.picker.images', { count: data.images })}</span>
        <Button variant="default" onClick={() => answerPick(null)}>
          {t('common.cancel')}
        </Button>
        {choosesFolder && (
          <Button disabled={isPlaceholderData} onClick={() => answerPick(data.path)}>
            {t('start.picker.chooseThis')}
          </Button>
        )}
      </div>
    </>
  );
}

function isShown(entry: FolderEntry, kind: PickKind): boolean {
  return entry.kind === 'folder' || entry.kind === kind || (kind === 'folder' && entry.kind === 'project');
}

function isGoal(entry: FolderEntry, kind: PickKind): boolean {
  return kind !== 'folder' && entry.kind === kind;
}

const icons = {
  folder: IconFolder,
  project: IconFolderCheck,
  csv: IconFileTypeCsv,
  model: IconBrain,
} as const;

function Entry({ entry, onPick }: { readonly entry: FolderEntry; readonly onPick: () => void }): ReactNode {
  const { t } = useTranslation();
  const Icon = icons[entry.kind];
  return (
    <UnstyledButton className={styles.entry} onClick={onPick}>
      <Icon size={16} stroke={1.6} aria-hidden />
      <span className={styles.name}>{entry.name}</span>
      {entry.kind === 'project' && <span className={styles.count}>{t('start.picker.project')}</span>}
    </UnstyledButton>
  );
}

interface PlaceInputProps {
  readonly path: string;
  readonly parent: string | null;
  readonly onGo: (path: string) => void;
}

function PlaceInput({ path, parent, onGo }: PlaceInputProps): ReactNode {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(path);
  return (
    <form
      className={styles.place}
      onSubmit={(event) => {
        event.preventDefault();
        onGo(typed);
      }}
    >
      <IconButton
        label={t('start.picker.up')}
        variant="default"
        disabled={parent === null}
        onClick={() => parent !== null && onGo(parent)}
      >
        <IconArrowUp size={16} />
      </IconButton>
      <TextInput
        className={styles.path ?? ''}
        aria-label={t('start.picker.path')}
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </form>
  );
}
