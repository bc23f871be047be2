import { Slider, Tooltip } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import IconBrightnessUp from '@tabler/icons-react/dist/esm/icons/IconBrightnessUp.mjs';
import IconContrast from '@tabler/icons-react/dist/esm/icons/IconContrast.mjs';
import IconRotate from '@tabler/icons-react/dist/esm/icons/IconRotate.mjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { displayFilter, type Display } from '../../canvas/display.ts';
import styles from './image-view.module.css';
import { Tool } from './view-tools.tsx';
import { setDisplay, useViewerSettings } from './viewer-settings.ts';

interface SettingProps {
  readonly name: keyof Display;
  readonly icon: Icon;
}

function Setting({ name, icon: SettingIcon }: SettingProps): ReactNode {
  const { t } = useTranslation();
  const value = useViewerSettings((state) => state.display[name]);
  const label = t(`image.${name}`);
  return (
    <Tooltip label={`${label} ${value > 0 ? '+' : ''}${value}`}>
      <span className={styles.setting}>
        <SettingIcon size={16} stroke={1.6} aria-hidden />
        <Slider
          className={styles.slider}
          size="xs"
          min={-100}
          max={100}
          value={value}
          label={null}
          startPointValue={0}
          thumbLabel={label}
          onChange={(next) => setDisplay({ [name]: next })}
        />
      </span>
    </Tooltip>
  );
}

/** Brightness and contrast of what is shown; the file stays as it is. */
export function DisplayTools(): ReactNode {
  const isChanged = useViewerSettings(({ display }) => displayFilter(display) !== 'none');
  return (
    <div className={styles.tools} role="group">
      <Setting name="brightness" icon={IconBrightnessUp} />
      <Setting name="contrast" icon={IconContrast} />
      <Tool id="image.resetDisplay" isPressed={isChanged}>
        <IconRotate size={16} stroke={1.6} />
      </Tool>
    </div>
  );
}
