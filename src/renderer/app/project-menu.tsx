import { Menu, UnstyledButton } from '@mantine/core';
import IconChevronDown from '@tabler/icons-react/dist/esm/icons/IconChevronDown.mjs';
import IconDoorExit from '@tabler/icons-react/dist/esm/icons/IconDoorExit.mjs';
import IconFileExport from '@tabler/icons-react/dist/esm/icons/IconFileExport.mjs';
import IconPhotoPlus from '@tabler/icons-react/dist/esm/icons/IconPhotoPlus.mjs';
import IconShieldCheck from '@tabler/icons-react/dist/esm/icons/IconShieldCheck.mjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../i18n/format.ts';
import { runAction } from '../state/actions.ts';
import { client } from '../state/api.ts';
import { useCanEdit, useProject } from '../state/queries.ts';
import { attempt, toast } from '../state/toast.tsx';
import styles from './project-menu.module.css';

/** The open project, and what can be done with it as a whole. */
export function ProjectMenu(): ReactNode {
  const { t } = useTranslation();
  const { data: project } = useProject();
  const canEdit = useCanEdit();
  if (!project) return null;
  const iconLook = { size: 16, stroke: 1.6 } as const;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <UnstyledButton
          className={styles.button}
          aria-label={`${t('app.project.menu')}: ${project.name}`}
          title={project.folder}
        >
          <span className={styles.name}>{project.name}</span>
          <IconChevronDown size={14} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconPhotoPlus {...iconLook} />}
          disabled={!canEdit}
          onClick={() => runAction('data.addImages')}
        >
          {t('data.action.addImages')}
        </Menu.Item>
        <Menu.Item leftSection={<IconFileExport {...iconLook} />} onClick={() => runAction('data.exportCsv')}>
          {t('data.action.exportCsv')}
        </Menu.Item>
        <Menu.Item leftSection={<IconShieldCheck {...iconLook} />} onClick={() => attempt(verify())}>
          {t('app.project.verify')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconDoorExit {...iconLook} />} onClick={() => runAction('app.start')}>
          {t('app.project.close')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );

  async function verify(): Promise<void> {
    const report = await client.project.verify();
    if (report.ok) {
      toast(
        t('app.project.verified', {
          entries: formatCount(report.entries),
          records: formatCount(report.records),
        }),
      );
    } else {
      toast(
        `${t('app.project.notVerified', { total: formatCount(report.problems.length) })}: ${report.problems.join(' ')}`,
      );
    }
  }
}
