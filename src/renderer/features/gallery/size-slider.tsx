import { Slider } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { setPreferences, usePreferences } from '../../state/preferences.ts';
import styles from './size-slider.module.css';

/** The height of a row of pictures. Steps grow with the size, as the eye sees it. */
export function SizeSlider(): ReactNode {
  const { t } = useTranslation();
  const { thumbnailSize } = usePreferences();
  return (
    <Slider
      className={styles.slider ?? ''}
      size={3}
      thumbSize={12}
      min={Math.log2(48)}
      max={Math.log2(512)}
      step={0.05}
      value={Math.log2(thumbnailSize)}
      label={null}
      thumbLabel={t('gallery.size')}
      onChange={(power) =>
        setPreferences({ thumbnailSize: Math.min(512, Math.max(48, Math.round(2 ** power))) })
      }
    />
  );
}
