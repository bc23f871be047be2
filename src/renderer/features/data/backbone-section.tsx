import { Button, Modal, NumberInput, TextInput } from '@mantine/core';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackboneInfo } from '#contract/model.ts';
import { formatCount } from '../../i18n/format.ts';
import { api, client, queryClient } from '../../state/api.ts';
import { pickPath } from '../../state/folder-picker.ts';
import { LoadError } from '../../state/load-error.tsx';
import { useCanEdit } from '../../state/queries.ts';
import { toast } from '../../state/toast.tsx';
import { useProblem } from '../../state/use-problem.ts';
import { DialogForm, DialogHint, PathChoice } from '../../ui/dialog-form.tsx';
import { Section } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import styles from './data.module.css';

/** The networks that turn images into numbers, and a way to add one. */
export function BackboneSection({ images }: { readonly images: number }): ReactNode {
  const { t } = useTranslation();
  const canEdit = useCanEdit();
  const [isAdding, setAdding] = useState(false);
  const add = (
    <Button
      variant="default"
      leftSection={<IconPlus size={16} stroke={1.6} />}
      disabled={!canEdit}
      onClick={() => setAdding(true)}
    >
      {t('data.backbone.add')}
    </Button>
  );
  return (
    <Section title={t('data.backbone.title')} actions={add}>
      <Backbones images={images} />
      <Modal
        opened={isAdding}
        onClose={() => setAdding(false)}
        title={t('data.backbone.add')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {isAdding && <AddForm onClose={() => setAdding(false)} />}
      </Modal>
    </Section>
  );
}

function Backbones({ images }: { readonly images: number }): ReactNode {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(api.model.backbones.queryOptions());
  if (error !== null && data === undefined) {
    return <LoadError error={error} onRetry={refetch} />;
  }
  if (data === undefined) return <SkeletonRows count={2} />;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th>{t('data.backbone.name')}</th>
          <th data-number>{t('data.backbone.size')}</th>
          <th data-number>{t('data.backbone.dim')}</th>
          <th data-number>{t('data.backbone.embedded')}</th>
        </tr>
      </thead>
      <tbody>
        {data.map((backbone) => (
          <BackboneRow key={backbone.id} backbone={backbone} images={images} />
        ))}
      </tbody>
    </table>
  );
}

interface BackboneRowProps {
  readonly backbone: BackboneInfo;
  /** Images of the project. */
  readonly images: number;
}

/** The built-in backbone has no size before it was fitted. */
function BackboneRow({ backbone, images }: BackboneRowProps): ReactNode {
  const { t } = useTranslation();
  const isFitted = backbone.dim > 0;
  return (
    <tr>
      <td>
        {backbone.id} {backbone.builtIn && <span className={styles.dim}>{t('data.backbone.builtIn')}</span>}
      </td>
      <td data-number>{isFitted ? t('data.backbone.pixels', { size: backbone.size }) : '–'}</td>
      <td data-number>{isFitted ? formatCount(backbone.dim) : '–'}</td>
      <td data-number>
        {t('data.backbone.of', { done: formatCount(backbone.embedded), total: formatCount(images) })}
      </td>
    </tr>
  );
}

function AddForm({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const [file, setFile] = useState<string | null>(null);
  const [id, setId] = useState('');
  const [size, setSize] = useState<number | string>('');
  const { problem, run, isRunning } = useProblem();
  const choose = async (): Promise<void> =>
    setFile((await pickPath('model', t('data.backbone.choose'))) ?? file);
  const add = async (): Promise<void> => {
    if (file === null) return;
    const chosenSize = typeof size === 'number' ? size : null;
    const added = await client.model.addBackbone({ file, id: id.trim() || null, size: chosenSize });
    await queryClient.invalidateQueries({ queryKey: api.model.backbones.key() });
    toast(t('data.backbone.added', { name: added.id, dim: formatCount(added.dim) }));
    onClose();
  };
  return (
    <DialogForm
      submitLabel={t('data.backbone.add')}
      cancelLabel={t('common.cancel')}
      isReady={file !== null}
      isRunning={isRunning}
      problem={problem}
      onSubmit={() => run(add())}
      onCancel={onClose}
    >
      <DialogHint>{t('data.backbone.hint')}</DialogHint>
      <PathChoice
        label={t('data.backbone.choose')}
        path={file}
        hint={t('common.none')}
        onChoose={() => run(choose())}
      />
      <TextInput
        label={t('data.backbone.name')}
        placeholder={t('data.backbone.namePlaceholder')}
        value={id}
        onChange={(event) => setId(event.currentTarget.value)}
      />
      <NumberInput
        size="xs"
        label={t('data.backbone.side')}
        placeholder={t('data.backbone.sidePlaceholder')}
        min={8}
        max={1024}
        allowDecimal={false}
        value={size}
        onChange={setSize}
      />
    </DialogForm>
  );
}
