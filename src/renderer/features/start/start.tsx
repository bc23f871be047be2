import { UnstyledButton } from '@mantine/core';
import IconFlask from '@tabler/icons-react/dist/esm/icons/IconFlask2.mjs';
import IconFolderOpen from '@tabler/icons-react/dist/esm/icons/IconFolderOpen.mjs';
import IconFolderPlus from '@tabler/icons-react/dist/esm/icons/IconFolderPlus.mjs';
import IconLock from '@tabler/icons-react/dist/esm/icons/IconLock.mjs';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Icon } from '@tabler/icons-react';
import { useRunningJob } from '../../state/queries.ts';
import { attempt } from '../../state/toast.tsx';
import { CreateDialog } from './create-dialog.tsx';
import { DropZone } from './drop-zone.tsx';
import { chooseProject, trySample } from './open-project.ts';
import { Recent } from './recent.tsx';
import { SampleProgress } from './sample-progress.tsx';
import styles from './start.module.css';

/** Where everything begins: recent projects, a new one, or the sample. */
export function Start(): ReactNode {
  const { t } = useTranslation();
  const [creating, setCreating] = useState<{ readonly folder: string | null } | null>(null);
  const job = useRunningJob();
  return (
    <div className={styles.scroll}>
      <div className={styles.page}>
        <header className={styles.header}>
          <h1 className={styles.name}>{t('app.name')}</h1>
          <p className={styles.tagline}>{t('start.tagline')}</p>
        </header>
        <div className={styles.doors}>
          <Door
            icon={IconFolderPlus}
            title={t('start.new')}
            hint={t('start.newHint')}
            onClick={() => setCreating({ folder: null })}
          />
          <Door
            icon={IconFolderOpen}
            title={t('start.open')}
            hint={t('start.openHint')}
            onClick={() => attempt(chooseProject())}
          />
          {job?.kind === 'sample' ? (
            <SampleProgress job={job} />
          ) : (
            <Door
              icon={IconFlask}
              title={t('start.sample')}
              hint={t('start.sampleHint')}
              onClick={() => attempt(trySample())}
            />
          )}
        </div>
        <Recent />
        <p className={styles.privacy}>
          <IconLock size={14} stroke={1.6} aria-hidden /> {t('start.privacy')}
        </p>
      </div>
      <CreateDialog
        isOpen={creating !== null}
        images={creating?.folder ?? null}
        onClose={() => setCreating(null)}
      />
      <DropZone onFolder={(folder) => setCreating({ folder })} />
    </div>
  );
}

interface DoorProps {
  readonly icon: Icon;
  readonly title: string;
  readonly hint: string;
  readonly onClick: () => void;
}

function Door({ icon: Icon, title, hint, onClick }: DoorProps): ReactNode {
  return (
    <UnstyledButton className={styles.door} onClick={onClick}>
      <Icon size={24} stroke={1.4} aria-hidden />
      <span className={styles.title}>{title}</span>
      <span className={styles.hint}>{hint}</span>
    </UnstyledButton>
  );
}
