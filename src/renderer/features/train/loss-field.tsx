import { NumberInput, Select } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LossChoice } from '#contract/training.ts';
import { choose, useTuning } from '../../state/tuning.ts';

/** Every loss as it does well on most images. */
const losses: readonly LossChoice[] = [
  { kind: 'cross-entropy' },
  { kind: 'class-weights', beta: 0.999 },
  { kind: 'balanced-softmax', tau: 1 },
  { kind: 'focal', gamma: 2 },
  { kind: 'binary' },
  { kind: 'hierarchical', share: 0.5 },
  { kind: 'soft-labels', beta: 10 },
  { kind: 'triplet', weight: 0.5, margin: 0.2 },
  { kind: 'supervised-contrastive', weight: 0.5, temperature: 0.1 },
];

/** The first so many can train a head, too. */
const headLosses = 4;

const names = ['beta', 'tau', 'gamma', 'share', 'weight', 'margin', 'temperature'] as const;
type Name = (typeof names)[number];

/** The largest value of each number; `beta` is a share or a slope. */
const largest: Readonly<Record<Name, number>> = {
  ...{ beta: 1, tau: 3, gamma: 5, share: 1, weight: 10, margin: 2, temperature: 2 },
};

/** What training makes small, with the numbers that belong to it. */
export function LossFields({ isHead }: { readonly isHead: boolean }): ReactNode {
  const { t } = useTranslation();
  const loss = useTuning(({ choices }) => choices.loss);
  const offered = isHead ? losses.slice(0, headLosses) : losses;
  const values = new Map<string, string | number>(Object.entries(loss));
  return (
    <>
      <Select
        label={t('tune.advanced.loss')}
        data={offered.map(({ kind }) => ({ value: kind, label: t(`tune.loss.${kind}`) }))}
        value={loss.kind}
        allowDeselect={false}
        onChange={(kind) => choose({ loss: offered.find((each) => each.kind === kind) ?? loss })}
      />
      {names
        .filter((name) => values.has(name))
        .map((name) => (
          <NumberInput
            key={name}
            size="xs"
            hideControls
            label={t(`tune.lossNumber.${name}`)}
            min={name === 'temperature' ? 0.01 : 0}
            max={loss.kind === 'soft-labels' ? 100 : largest[name]}
            step={loss.kind === 'soft-labels' ? 1 : 0.1}
            value={values.get(name) ?? 0}
            onChange={(value) =>
              typeof value === 'number' && choose({ loss: { ...loss, [name]: value } as LossChoice })
            }
          />
        ))}
    </>
  );
}
