import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackboneInfo, ModelInfo } from '#contract/model.ts';
import { api } from '../../state/api.ts';
import { useTuning } from '../../state/tuning.ts';

export interface BackboneChoiceProps {
  readonly models: readonly ModelInfo[];
  /** The one in use. */
  readonly model: ModelInfo | null;
}

/** What the training begins with. Networks that were trained here are left out: they have seen the labels. */
export function BackboneChoice({ models, model }: BackboneChoiceProps): ReactNode {
  const { t } = useTranslation();
  const chosen = useTuning(({ backbone }) => backbone);
  const { data: backbones = [] } = useQuery(api.model.backbones.queryOptions());
  const trained = new Set(models.filter(({ base }) => base !== null).map(({ backbone }) => backbone));
  const offered = backbones.filter(({ id }) => !trained.has(id));
  const usual = model?.base ?? model?.backbone ?? offered[0]?.id ?? null;
  const nameOf = ({ id, size, builtIn }: BackboneInfo): string => {
    if (!builtIn) return t('tune.backbone.other', { name: id, size });
    return size === 0 ? t('tune.backbone.builtInNew') : t('tune.backbone.builtIn', { size });
  };
  return (
    <Select
      label={t('tune.backbone.title')}
      description={offered.length === 1 ? t('tune.backbone.none') : undefined}
      data={offered.map((backbone) => ({ value: backbone.id, label: nameOf(backbone) }))}
      value={chosen ?? usual}
      allowDeselect={false}
      onChange={(backbone) => useTuning.setState({ backbone })}
    />
  );
}
