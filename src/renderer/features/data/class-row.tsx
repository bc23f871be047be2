import { ActionIcon, Menu } from '@mantine/core';
import IconArrowDown from '@tabler/icons-react/dist/esm/icons/IconArrowDown.mjs';
import IconArrowMerge from '@tabler/icons-react/dist/esm/icons/IconArrowMerge.mjs';
import IconArrowUp from '@tabler/icons-react/dist/esm/icons/IconArrowUp.mjs';
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs';
import IconGripVertical from '@tabler/icons-react/dist/esm/icons/IconGripVertical.mjs';
import IconPencil from '@tabler/icons-react/dist/esm/icons/IconPencil.mjs';
import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs';
import { useState, type DragEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n/format.ts';
import { client } from '../../state/api.ts';
import { hotkeyChord } from '../../state/keys.ts';
import { useCanEdit, type CountedClass } from '../../state/queries.ts';
import { saving } from '../../state/saving.ts';
import { attempt } from '../../state/toast.tsx';
import { showImages } from '../../state/view.ts';
import { ClassDot } from '../../ui/class-chip.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import styles from './class-section.module.css';
import { shifted, type DropPlace } from './class-tree.ts';

/** The dialogs about a class. */
export interface ClassDialogs {
  readonly onEdit: (item: CountedClass) => void;
  readonly onMerge: (item: CountedClass) => void;
}

export interface ClassRowProps extends ClassDialogs {
  readonly item: CountedClass;
  readonly depth: number;
  readonly all: readonly CountedClass[];
  readonly onDrag: () => void;
  readonly onDrop: (place: DropPlace) => void;
}

function placeOf(event: DragEvent): DropPlace {
  const { top, height } = event.currentTarget.getBoundingClientRect();
  const share = (event.clientY - top) / height;
  return share < 0.3 ? 'before' : share > 0.7 ? 'after' : 'inside';
}

/** A class in the tree. Dragging puts it elsewhere: at a border beside another class, in the middle below it. */
export function ClassRow(props: ClassRowProps): ReactNode {
  const { item, depth, onEdit, onDrag, onDrop } = props;
  const { t } = useTranslation();
  const canEdit = useCanEdit();
  const [over, setOver] = useState<DropPlace | null>(null);
  return (
    <li
      className={styles.row}
      style={{ paddingLeft: depth * 24 }}
      data-over={over ?? undefined}
      draggable={canEdit}
      onDragStart={onDrag}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(placeOf(event));
      }}
      onDragLeave={() => setOver(null)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(null);
        onDrop(placeOf(event));
      }}
    >
      <IconGripVertical className={styles.grip} size={14} aria-hidden />
      <ClassDot colour={item.colour} />
      <button
        type="button"
        className={styles.name}
        title={t('data.class.showImages', { name: item.name })}
        onClick={() => showImages({ classes: [item.id] })}
      >
        {item.name}
      </button>
      <span className={styles.key}>
        {item.hotkey !== null && <KeyCap chord={hotkeyChord(item.hotkey)} />}
      </span>
      <span className={styles.units}>
        {t('data.class.units', { count: item.units, total: formatCount(item.units) })}
      </span>
      <IconButton
        label={`${t('data.class.edit')}: ${item.name}`}
        disabled={!canEdit}
        onClick={() => onEdit(item)}
      >
        <IconPencil size={16} stroke={1.6} />
      </IconButton>
      <RowMenu {...props} />
    </li>
  );
}

function RowMenu({ item, all, onMerge }: ClassRowProps): ReactNode {
  const { t } = useTranslation();
  const canEdit = useCanEdit();
  const icon = { size: 16, stroke: 1.6 } as const;
  const shift = (step: -1 | 1): void => {
    const ids = shifted(all, item.id, step);
    if (ids !== null) attempt(saving(() => client.classes.reorder({ ids: [...ids] })));
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          aria-label={`${t('common.more')}: ${item.name}`}
          title={t('common.more')}
          disabled={!canEdit}
        >
          <IconDots {...icon} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconArrowUp {...icon} />}
          disabled={shifted(all, item.id, -1) === null}
          onClick={() => shift(-1)}
        >
          {t('data.class.up')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowDown {...icon} />}
          disabled={shifted(all, item.id, 1) === null}
          onClick={() => shift(1)}
        >
          {t('data.class.down')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowMerge {...icon} />}
          disabled={all.length < 2}
          onClick={() => onMerge(item)}
        >
          {t('data.class.merge')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconTrash {...icon} />}
          disabled={item.units > 0 || all.some(({ parent }) => parent === item.id)}
          onClick={() => attempt(saving(() => client.classes.remove({ id: item.id })))}
        >
          {t('data.class.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
