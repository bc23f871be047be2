import { Menu, UnstyledButton } from '@mantine/core';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import IconSortAscending from '@tabler/icons-react/dist/esm/icons/IconSortAscending.mjs';
import IconSortDescending from '@tabler/icons-react/dist/esm/icons/IconSortDescending.mjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { sortKeys, type ImageSort } from '#contract/images.ts';
import { setSort, useView } from '../../state/view.ts';
import styles from './sort-menu.module.css';

/** The end that is of interest comes first: most suspect, most uncertain, newest. */
const startsDescending: ReadonlySet<ImageSort['by']> = new Set([
  'added',
  'labelled',
  'suspicion',
  'uncertainty',
]);

/** What the images are ordered by. */
export function SortMenu(): ReactNode {
  const { t } = useTranslation();
  const sort = useView((state) => state.sort);
  const Icon = sort.descending ? IconSortDescending : IconSortAscending;
  const choose = (by: ImageSort['by']): void =>
    setSort(
      by === sort.by ? { by, descending: !sort.descending } : { by, descending: startsDescending.has(by) },
    );
  const label = t('gallery.sort.label', { by: t(`gallery.sort.${sort.by}`) });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <UnstyledButton className={styles.button} aria-label={label} title={label}>
          <Icon size={16} stroke={1.6} aria-hidden />
          <span className={styles.name}>{t(`gallery.sort.${sort.by}`)}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {sortKeys.map((by) => (
          <Menu.Item
            key={by}
            onClick={() => choose(by)}
            leftSection={by === sort.by ? <IconCheck size={14} /> : <span className={styles.blank} />}
          >
            {t(`gallery.sort.${by}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<span className={styles.blank} />}
          onClick={() => setSort({ ...sort, descending: !sort.descending })}
        >
          {t('gallery.sort.reverse')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
