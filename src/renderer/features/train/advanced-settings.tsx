import { Button, NumberInput, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Device } from '#contract/model.ts';
import { defaultChoices, type TrainingChoices } from '#contract/training.ts';
import { api } from '../../state/api.ts';
import { choose, useTuning } from '../../state/tuning.ts';
import { AlignmentFields } from './alignment-fields.tsx';
import { AveragingFields } from './averaging-fields.tsx';
import { LossFields } from './loss-field.tsx';
import styles from './tune-panel.module.css';

/** The last two make points between images, or many classifiers: only a head can learn so. */
const samplings = ['natural', 'balanced', 'over', 'under', 'hard', 'centroids', 'smote', 'ensemble'] as const;

/** What few people need to choose; what is left empty is chosen by the program. */
export function AdvancedSettings(): ReactNode {
  const { t } = useTranslation();
  const { regime, choices } = useTuning();
  const isHead = regime === 'head';
  const isWhole = regime === 'full' || regime === 'head-then-full';
  return (
    <>
      <div className={styles.fields}>
        {!isHead && (
          <>
            <NumberField name="epochs" max={1000} />
            <NumberField name="batch" max={1024} />
            <NumberField name="rate" max={1} />
            {!isWhole && <NumberField name="layers" max={1000} />}
            <DeviceField />
          </>
        )}
        <NumberField name="seed" max={999_999} />
        <LossFields isHead={isHead} />
        <SamplingField isHead={isHead} />
        {!isHead && <AlignmentFields />}
      </div>
      {!isHead && <AveragingFields />}
      <Button
        className={styles.reset ?? ''}
        variant="default"
        onClick={() => choose({ ...defaultChoices, augmentation: choices.augmentation })}
      >
        {t('tune.advanced.reset')}
      </Button>
    </>
  );
}

function SamplingField({ isHead }: { readonly isHead: boolean }): ReactNode {
  const { t } = useTranslation();
  const chosen = useTuning(({ choices }) => choices.sampling);
  const offered = isHead ? samplings : samplings.slice(0, -2);
  return (
    <Select
      label={t('tune.advanced.sampling')}
      data={offered.map((value) => ({ value, label: t(`tune.sampling.${value}`) }))}
      value={chosen}
      allowDeselect={false}
      onChange={(value) => choose({ sampling: offered.find((each) => each === value) ?? chosen })}
    />
  );
}

interface NumberFieldProps {
  readonly name: 'epochs' | 'batch' | 'rate' | 'layers' | 'seed';
  readonly max: number;
}

function NumberField({ name, max }: NumberFieldProps): ReactNode {
  const { t } = useTranslation();
  const value = useTuning(({ choices }) => choices[name]);
  const isRate = name === 'rate';
  const keep = (typed: number | string): void => {
    // Only the seed has no automatic choice.
    const chosen = typeof typed === 'number' && typed > 0 ? typed : name === 'seed' ? 1 : null;
    choose({ [name]: chosen } as Partial<TrainingChoices>);
  };
  return (
    <NumberInput
      size="xs"
      hideControls
      label={t(`tune.advanced.${name}`)}
      description={t(`tune.advanced.${name}Hint`)}
      placeholder={t('tune.advanced.automatic')}
      min={isRate ? 0 : 1}
      max={max}
      step={isRate ? 0.0001 : 1}
      allowDecimal={isRate}
      value={value ?? ''}
      onChange={keep}
    />
  );
}

/** The devices of this machine; asking tries them, so that is done when the field is first shown. */
function DeviceField(): ReactNode {
  const { t } = useTranslation();
  const device = useTuning(({ choices }) => choices.device);
  const { data: devices = [] } = useQuery(api.model.devices.queryOptions());
  const labelOf = ({ id, name }: Device): string =>
    t('tune.device.named', { kind: t(`tune.device.${id}`), name });
  const usable = devices.filter(({ reason }) => reason === null);
  return (
    <Select
      label={t('tune.advanced.device')}
      description={t('tune.advanced.deviceHint')}
      data={[
        { value: 'auto', label: t('tune.advanced.automatic') },
        ...usable.map((each) => ({ value: each.id as string, label: labelOf(each) })),
      ]}
      value={device ?? 'auto'}
      allowDeselect={false}
      onChange={(value) => choose({ device: usable.find(({ id }) => id === value)?.id ?? null })}
    />
  );
}
