import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Run } from '#contract/training.ts';
import { formatBytes, formatCount, formatDecimal } from '../../i18n/format.ts';
import styles from './run-panel.module.css';

/** The numbers of the current training; a dash where nothing was told yet, so that nothing moves when it is. */
export function RunFacts({ run }: { readonly run: Run }): ReactNode {
  const { t } = useTranslation();
  const { progress } = run;
  const part = run.parts.at(-1);
  const step = progress?.step ?? part?.losses.at(-1)?.step;
  const done = (count: number | undefined, total: number | undefined): string | null =>
    count === undefined || !total
      ? null
      : t('tune.run.of', { done: formatCount(count), total: formatCount(total) });
  const facts = [
    [t('tune.run.step'), done(step, part?.steps)],
    [t('tune.run.epoch'), done(part?.epochs.length, part?.ofEpochs)],
    [t('tune.run.speed'), progress && formatSpeed(progress.imagesPerSecond)],
    [t('tune.run.rate'), progress && progress.rate.toExponential(1)],
    [t('tune.run.device'), progress && t(`tune.device.${progress.device}`)],
    [t('tune.run.memory'), progress && formatBytes(progress.memory)],
  ] as const;
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value ?? '–'}</dd>
        </div>
      ))}
    </dl>
  );
}

function formatSpeed(imagesPerSecond: number): string {
  return imagesPerSecond < 10 ? formatDecimal(imagesPerSecond, 1) : formatCount(imagesPerSecond);
}
