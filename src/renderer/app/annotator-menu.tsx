import { Popover, TextInput, UnstyledButton } from '@mantine/core';
import IconUser from '@tabler/icons-react/dist/esm/icons/IconUser.mjs';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProjectInfo } from '#contract/project.ts';
import { client, queryClient } from '../state/api.ts';
import { setPreferences } from '../state/preferences.ts';
import { useProject } from '../state/queries.ts';
import { attempt } from '../state/toast.tsx';
import styles from './annotator-menu.module.css';

/** Who the next labels are by, and a way to say that it is somebody else. */
export function AnnotatorMenu(): ReactNode {
  const { t } = useTranslation();
  const { data: project } = useProject();
  const [isOpen, setOpen] = useState(false);
  if (!project) return null;
  const label = t('app.annotator.label', { name: project.annotator.name });
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" shadow="md" width={240} trapFocus>
      <Popover.Target>
        <UnstyledButton
          className={styles.button}
          aria-label={label}
          title={label}
          disabled={project.readOnly}
          onClick={() => setOpen(!isOpen)}
        >
          <IconUser size={16} stroke={1.6} aria-hidden />
          <span className={styles.name}>{project.annotator.name}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={8}>
        <Choose project={project} onDone={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

interface ChooseProps {
  readonly project: ProjectInfo;
  readonly onDone: () => void;
}

function Choose({ project, onDone }: ChooseProps): ReactNode {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const name = typed.trim();
  const matching = project.annotators.filter((other) =>
    other.name.toLowerCase().includes(name.toLowerCase()),
  );
  const isNew = name !== '' && project.annotators.every((other) => other.name !== name);
  const use = (chosen: string): void => {
    onDone();
    setPreferences({ annotator: chosen });
    attempt(client.project.setAnnotator({ name: chosen }).then(() => queryClient.invalidateQueries()));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name !== '') use(name);
      }}
    >
      <TextInput
        data-autofocus
        label={t('app.annotator.change')}
        placeholder={t('app.annotator.placeholder')}
        maxLength={100}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div className={styles.list}>
        {matching.map((other) => (
          <UnstyledButton key={other.id} className={styles.item} onClick={() => use(other.name)}>
            <span className={styles.name}>{other.name}</span>
            <span className={styles.count}>{t('app.annotator.labels', { count: other.labels })}</span>
          </UnstyledButton>
        ))}
        {isNew && (
          <UnstyledButton className={styles.item} type="submit">
            {t('app.annotator.add', { name })}
          </UnstyledButton>
        )}
      </div>
    </form>
  );
}
