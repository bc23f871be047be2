import { Button, Slider, Switch, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Augmentation, defaultAugmentation } from '#contract/training.ts';
import styles from './augmentation.module.css';

export interface AugmentationSettingsProps {
  readonly value: Augmentation;
  readonly onChange: (value: Augmentation) => void;
}

type SwitchName = 'mirror' | 'flip';
type SliderName = Exclude<keyof Augmentation, SwitchName>;

interface Range {
  readonly most: number;
  readonly step: number;
  readonly words: 'share' | 'either' | 'degrees';
}

const ranges: Readonly<Record<SliderName, Range>> = {
  crop: { most: 0.5, step: 0.05, words: 'share' },
  rotation: { most: 180, step: 5, words: 'degrees' },
  shear: { most: 30, step: 1, words: 'degrees' },
  elastic: { most: 0.1, step: 0.01, words: 'share' },
  brightness: { most: 0.8, step: 0.05, words: 'either' },
  contrast: { most: 0.8, step: 0.05, words: 'either' },
  saturation: { most: 0.8, step: 0.05, words: 'either' },
  pcaColour: { most: 0.5, step: 0.05, words: 'share' },
};

/** How images are varied while a network trains, each way with when not to use it. */
export function AugmentationSettings({ value, onChange }: AugmentationSettingsProps): ReactNode {
  const { t } = useTranslation();
  const change = (part: Partial<Augmentation>): void => onChange({ ...value, ...part });
  const names = Object.keys(defaultAugmentation) as (keyof Augmentation)[];
  const isDefault = names.every((name) => value[name] === defaultAugmentation[name]);
  const slider = (name: SliderName): ReactNode => (
    <SliderSetting key={name} name={name} value={value[name]} onChange={(next) => change({ [name]: next })} />
  );
  const toggle = (name: SwitchName): ReactNode => (
    <SwitchSetting key={name} name={name} value={value[name]} onChange={(next) => change({ [name]: next })} />
  );
  return (
    <div className={styles.settings}>
      <p className={styles.hint}>{t('augmentation.hint')}</p>
      <fieldset className={styles.group}>
        <legend>{t('augmentation.places')}</legend>
        {(['mirror', 'flip'] as const).map(toggle)}
        {(['crop', 'rotation', 'shear', 'elastic'] as const).map(slider)}
      </fieldset>
      <fieldset className={styles.group}>
        <legend>{t('augmentation.colours')}</legend>
        {(['brightness', 'contrast', 'saturation', 'pcaColour'] as const).map(slider)}
        <Button
          className={styles.reset ?? ''}
          variant="default"
          disabled={isDefault}
          onClick={() => onChange(defaultAugmentation)}
        >
          {t('augmentation.reset')}
        </Button>
      </fieldset>
    </div>
  );
}

interface SettingProps<Name extends keyof Augmentation> {
  readonly name: Name;
  readonly value: Augmentation[Name];
  readonly onChange: (value: Augmentation[Name]) => void;
}

function SwitchSetting({ name, value, onChange }: SettingProps<SwitchName>): ReactNode {
  const { t } = useTranslation();
  return (
    <Advice name={name}>
      <Switch
        classNames={{ root: styles.switch ?? '', body: styles.switchRow ?? '' }}
        labelPosition="left"
        size="xs"
        label={t(`augmentation.name.${name}`)}
        checked={value}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </Advice>
  );
}

function SliderSetting({ name, value, onChange }: SettingProps<SliderName>): ReactNode {
  const { t } = useTranslation();
  const { most, step, words } = ranges[name];
  const share = Math.round(value * 100);
  const told =
    value === 0 ? t('augmentation.value.off') : t(`augmentation.value.${words}`, { share, degrees: value });
  return (
    <Advice name={name}>
      <div className={styles.slider}>
        <span>{t(`augmentation.name.${name}`)}</span>
        <Slider
          size={4}
          thumbSize={12}
          max={most}
          step={step}
          value={value}
          label={null}
          thumbLabel={t(`augmentation.name.${name}`)}
          thumbProps={{ 'aria-valuetext': told }}
          onChange={(next) => onChange(Number(next.toFixed(4)))}
        />
        <span className={styles.told}>{told}</span>
      </div>
    </Advice>
  );
}

/** When not to use a setting, shown where the pointer or the keyboard is. */
function Advice({
  name,
  children,
}: {
  readonly name: keyof Augmentation;
  readonly children: ReactNode;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <Tooltip
      multiline
      w={300}
      position="top-start"
      label={t(`augmentation.advice.${name}`)}
      events={{ hover: true, focus: true, touch: true }}
    >
      <div>{children}</div>
    </Tooltip>
  );
}
