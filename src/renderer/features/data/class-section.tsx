import { Button } from '@mantine/core';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useActions } from '../../state/actions.ts';
import { api, client } from '../../state/api.ts';
import { LoadError } from '../../state/load-error.tsx';
import { useCanEdit, type CountedClass } from '../../state/queries.ts';
import { saving } from '../../state/saving.ts';
import { attempt } from '../../state/toast.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Section } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { ClassDialog } from './class-dialog.tsx';
import { ClassRow, type ClassDialogs } from './class-row.tsx';
import styles from './class-section.module.css';
import { dropped, treeLines, type DropPlace } from './class-tree.ts';
import { MergeDialog } from './merge-dialog.tsx';

/** The classes as a tree: created, renamed, coloured, keyed, ordered, nested and merged here. */
export function ClassSection(): ReactNode {
  const { t } = useTranslation();
  const canEdit = useCanEdit();
  const [edited, setEdited] = useState<CountedClass | 'new' | null>(null);
  const [merged, setMerged] = useState<CountedClass | null>(null);
  useActions({ 'data.newClass': { run: () => setEdited('new'), isEnabled: () => canEdit } });
  const add = (
    <Button
      variant="default"
      leftSection={<IconPlus size={16} stroke={1.6} />}
      disabled={!canEdit}
      onClick={() => setEdited('new')}
    >
      {t('data.action.newClass')}
    </Button>
  );
  return (
    <Section title={t('data.class.title')} actions={add}>
      <Tree onEdit={setEdited} onMerge={setMerged} />
      <ClassDialog edited={edited} onClose={() => setEdited(null)} />
      <MergeDialog merged={merged} onClose={() => setMerged(null)} />
    </Section>
  );
}

function Tree({ onEdit, onMerge }: ClassDialogs): ReactNode {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(api.classes.list.queryOptions());
  const dragged = useRef<CountedClass['id'] | null>(null);
  if (error !== null && data === undefined) {
    return <LoadError error={error} onRetry={refetch} />;
  }
  if (data === undefined) return <SkeletonRows count={6} />;
  if (data.length === 0)
    return <EmptyState title={t('data.class.empty')}>{t('data.class.emptyHint')}</EmptyState>;
  const drop = (target: CountedClass['id'], place: DropPlace): void => {
    const id = dragged.current;
    dragged.current = null;
    const moved = id === null ? null : dropped(data, id, { target, place });
    if (id !== null && moved !== null) attempt(move(id, moved, data));
  };
  return (
    <ul className={styles.tree} aria-label={t('data.class.title')}>
      {treeLines(data).map(({ item, depth }) => (
        <ClassRow
          key={item.id}
          item={item}
          depth={depth}
          all={data}
          onEdit={onEdit}
          onMerge={onMerge}
          onDrag={() => (dragged.current = item.id)}
          onDrop={(place) => drop(item.id, place)}
        />
      ))}
    </ul>
  );
}

async function move(
  id: CountedClass['id'],
  moved: NonNullable<ReturnType<typeof dropped>>,
  classes: readonly CountedClass[],
): Promise<void> {
  const before = classes.find((item) => item.id === id);
  if (before !== undefined && before.parent !== moved.parent) {
    await saving(() => client.classes.update({ id, change: { parent: moved.parent } }));
  }
  const order = classes.map((item) => item.id);
  if (moved.order.some((each, index) => each !== order[index])) {
    await saving(() => client.classes.reorder({ ids: [...moved.order] }));
  }
}
