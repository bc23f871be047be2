import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import IconLoader from '@tabler/icons-react/dist/esm/icons/IconLoader2.mjs';
import IconLock from '@tabler/icons-react/dist/esm/icons/IconLock.mjs';
import IconPlugOff from '@tabler/icons-react/dist/esm/icons/IconPlugConnectedX.mjs';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProjectInfo } from '#contract/project.ts';
import { formatCount } from '../i18n/format.ts';
import { useConnection } from '../state/connection.ts';
import { useImageOrder, useProject } from '../state/queries.ts';
import { useSaving } from '../state/saving.ts';
import { useView } from '../state/view.ts';
import { IntervalNumber } from '../ui/interval-number.tsx';
import styles from './status-line.module.css';

/** The bottom line: the project in numbers, what is selected, and whether everything is on disk. */
export function StatusLine(): ReactNode {
  const { data: project } = useProject();
  const view = useView((state) => state.view);
  return (
    <footer className={styles.line}>
      {project && <Counts project={project} />}
      {project && view === 'gallery' && <Shown />}
      <span className={styles.space} />
      {project?.readOnly === true && <ReadOnly />}
      <ConnectionState />
      {project && !project.readOnly && <SaveState seq={project.seq} />}
    </footer>
  );
}

function Counts({ project }: { readonly project: ProjectInfo }): ReactNode {
  const { t } = useTranslation();
  const { estimatedErrors: errors } = project;
  const round = (value: number): string => formatCount(Math.round(value));
  return (
    <>
      <span>{t('app.status.images', { count: project.images })}</span>
      <span>{t('app.status.labelled', { count: project.labelled })}</span>
      {project.suspects > 0 && <span>{t('app.status.suspects', { count: project.suspects })}</span>}
      {errors !== null && (
        <IntervalNumber
          value={t('app.status.errors', { total: round(errors.value) })}
          low={round(errors.low)}
          high={round(errors.high)}
          hint={t('app.status.errorsHint')}
        />
      )}
    </>
  );
}

function Shown(): ReactNode {
  const { t } = useTranslation();
  const { data: order } = useImageOrder();
  const selected = useView((state) => state.selection.ids.size);
  return (
    <>
      {order !== undefined && <span>{t('app.status.shown', { count: order.ids.length })}</span>}
      {selected > 0 && (
        <strong className={styles.selected}>{t('app.status.selected', { count: selected })}</strong>
      )}
    </>
  );
}

function ReadOnly(): ReactNode {
  const { t } = useTranslation();
  return (
    <span className={styles.state} data-tone="warn" title={t('app.project.readOnlyHint')}>
      <IconLock size={14} aria-hidden /> {t('app.project.readOnly')}
    </span>
  );
}

function ConnectionState(): ReactNode {
  const { t } = useTranslation();
  const status = useConnection((state) => state.status);
  if (status !== 'lost') return null;
  return (
    <span className={styles.state} data-tone="bad" role="alert" title={t('app.connection.lostHint')}>
      <IconPlugOff size={14} aria-hidden /> {t('app.connection.lost')}
    </span>
  );
}

function SaveState({ seq }: { readonly seq: number }): ReactNode {
  const { t } = useTranslation();
  const { pending, hasFailed, seq: acknowledged } = useSaving();
  if (pending > 0) {
    return (
      <span className={styles.state}>
        <IconLoader size={14} aria-hidden /> {t('app.status.saving')}
      </span>
    );
  }
  if (hasFailed) {
    return (
      <span className={styles.state} data-tone="bad" title={t('app.status.notSavedHint')}>
        <IconX size={14} aria-hidden /> {t('app.status.notSaved')}
      </span>
    );
  }
  const row = formatCount(Math.max(seq, acknowledged ?? 0));
  return (
    <span className={styles.state} data-tone="ok" title={t('app.status.savedHint', { seq: row })}>
      <IconCheck size={14} aria-hidden /> {t('app.status.saved')}
    </span>
  );
}
