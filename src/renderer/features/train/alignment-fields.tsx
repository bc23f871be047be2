import { NumberInput, Select } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Alignment } from '#contract/training.ts';
import { choose, useTuning } from '../../state/tuning.ts';

/** Both as they do well on most images. */
const alignments: readonly Alignment[] = [
  { kind: 'coral', weight: 30 },
  { kind: 'reversal', weight: 1 },
];

/** Whether, how and how much images of different sources are kept alike. */
export function AlignmentFields(): ReactNode {
  const { t } = useTranslation();
  const alignment = useTuning(({ choices }) => choices.alignment);
  return (
    <>
      <Select
        label={t('tune.advanced.alignment')}
        description={t('tune.advanced.alignmentHint')}
        data={[
          { value: 'none', label: t('tune.alignment.none') },
          ...alignments.map(({ kind }) => ({ value: kind as string, label: t(`tune.alignment.${kind}`) })),
        ]}
        value={alignment?.kind ?? 'none'}
        allowDeselect={false}
        onChange={(kind) => choose({ alignment: alignments.find((each) => each.kind === kind) ?? null })}
      />
      {alignment !== null && (
        <NumberInput
          size="xs"
          hideControls
          label={t('tune.lossNumber.weight')}
          min={0}
          max={1000}
          value={alignment.weight}
          onChange={(weight) => typeof weight === 'number' && choose({ alignment: { ...alignment, weight } })}
        />
      )}
    </>
  );
}
