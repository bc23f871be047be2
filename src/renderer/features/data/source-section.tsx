import { Button } from '@mantine/core';
import IconAlertTriangle from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs';
import IconFileExport from '@tabler/icons-react/dist/esm/icons/IconFileExport.mjs';
import IconPhotoPlus from '@tabler/icons-react/dist/esm/icons/IconPhotoPlus.mjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProjectInfo } from '#contract/project.ts';
import { formatCount } from '../../i18n/format.ts';
import { text } from '../../i18n/text.ts';
import { runAction } from '../../state/actions.ts';
import { client } from '../../state/api.ts';
import { pickPath } from '../../state/folder-picker.ts';
import { useCanEdit, useProject } from '../../state/queries.ts';
import { attempt, toast } from '../../state/toast.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { Section } from '../../ui/page.tsx';
import styles from './data.module.css';
import { pathWithin } from './path-within.ts';

type Source = ProjectInfo['sources'][number];

/** Asks where a source's folder is now, and tells how many of its images are there. */
async function relocate(source: Source): Promise<void> {
  const root = await pickPath('folder', text('data.source.relocateTitle', { name: source.name }));
  if (root === null) return;
  const { found, missing } = await client.project.relocate({ source: source.id, root });
  toast(text('data.source.relocated', { found: formatCount(found), missing: formatCount(missing) }));
}

/** The folders that images were added from. */
export function SourceSection({ project }: { readonly project: ProjectInfo }): ReactNode {
  const { t } = useTranslation();
  const canEdit = useCanEdit();
  const icon = { size: 16, stroke: 1.6 } as const;
  const actions = (
    <>
      <Button
        variant="default"
        leftSection={<IconFileExport {...icon} />}
        disabled={project.images === 0}
        onClick={() => runAction('data.exportCsv')}
      >
        {t('data.action.exportCsv')}
      </Button>
      <Button
        leftSection={<IconPhotoPlus {...icon} />}
        disabled={!canEdit}
        onClick={() => runAction('data.addImages')}
      >
        {t('data.action.addImages')}
      </Button>
    </>
  );
  return (
    <Section title={t('data.source.title')} actions={actions}>
      {project.sources.length === 0 ? (
        <EmptyState title={t('data.source.empty')}>
          {t('data.source.emptyHint')} <KeyCap chord="Ctrl+Shift+A" />
        </EmptyState>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th>{t('data.source.name')}</th>
              <th>{t('data.source.root')}</th>
              <th data-number>{t('data.source.images')}</th>
              <td aria-hidden />
            </tr>
          </thead>
          <tbody>
            {project.sources.map((source) => (
              <SourceRow key={source.id} source={source} />
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

function SourceRow({ source }: { readonly source: Source }): ReactNode {
  const { t } = useTranslation();
  const canEdit = useCanEdit();
  return (
    <tr>
      <td>{source.name}</td>
      <td className={`${styles.path} selectable`} title={source.root}>
        {source.available ? (
          <Root root={source.root} />
        ) : (
          <span className={styles.warn} title={t('data.source.missingHint')}>
            <IconAlertTriangle size={14} aria-hidden /> {t('data.source.missing', { root: source.root })}
          </span>
        )}
      </td>
      <td data-number>{formatCount(source.images)}</td>
      <td>
        <Button
          size="compact-xs"
          variant={source.available ? 'subtle' : 'default'}
          color="gray"
          disabled={!canEdit}
          onClick={() => attempt(relocate(source))}
        >
          {t('data.source.relocate')}
        </Button>
      </td>
    </tr>
  );
}

/** Where a source's images are; short for a folder of the project, which moves with it. */
function Root({ root }: { readonly root: string }): ReactNode {
  const { t } = useTranslation();
  const { data: project } = useProject();
  const path = project ? pathWithin(project.folder, root) : null;
  return path === null ? root : t('data.source.inProject', { path });
}
