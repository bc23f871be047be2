import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Run, RunPart } from '#contract/training.ts';
import { formatCount, formatDecimal, formatPercent } from '../../i18n/format.ts';
import { api } from '../../state/api.ts';
import { shareDomain, ticks } from '../../ui/charts/axis.ts';
import { niceTicks, wholeTicks } from '../../ui/charts/nice-axis.ts';
import { SeriesPlot, type Axis } from '../../ui/charts/series-plot.tsx';
import styles from './run-panel.module.css';
import { accuracySeries, largestLoss, lossSeries, type SeriesWords } from './run-series.ts';
import { usePartText } from './use-part-text.ts';

/** How the loss falls and how well images that were kept back are told, part by part. */
export function RunPlots({ run }: { readonly run: Run }): ReactNode {
  return (
    <div className={styles.plots}>
      <LossPlot parts={run.parts} />
      <AccuracyPlot run={run} />
    </div>
  );
}

/** What a plot says at the end of a line. */
function useWords(format: (value: number) => string): SeriesWords {
  const { t } = useTranslation();
  return {
    current: ({ fold }: RunPart, { y }) => {
      const name = fold === null ? t('tune.run.allShort') : t('tune.run.foldShort', { fold });
      return `${name}: ${format(y)}`;
    },
    regime: (regime) => t(`tune.said.${regime}`),
  };
}

function LossPlot({ parts }: Pick<Run, 'parts'>): ReactNode {
  const { t } = useTranslation();
  const partText = usePartText();
  const words = useWords((loss) => formatDecimal(loss, 3));
  const steps = Math.max(0, ...parts.map((part) => part.steps));
  const x: Axis = { name: t('tune.run.step'), ticks: niceTicks(steps), to: steps || 1, format: formatCount };
  const y: Axis = {
    name: t('tune.run.loss'),
    ticks: niceTicks(largestLoss(parts)),
    format: (value) => formatDecimal(value, 1),
  };
  const current = parts.at(-1);
  const last = current?.losses.at(-1);
  const label =
    current === undefined || last === undefined
      ? t('tune.run.nothingYet')
      : t('tune.run.lossSaid', {
          part: partText(current),
          loss: formatDecimal(last.loss, 3),
          step: formatCount(last.step),
          steps: formatCount(current.steps),
        });
  return <SeriesPlot x={x} y={y} series={lossSeries(parts, words)} label={label} />;
}

function AccuracyPlot({ run }: { readonly run: Run }): ReactNode {
  const { t } = useTranslation();
  const partText = usePartText();
  const words = useWords((accuracy) => formatPercent(accuracy, 1));
  const head = useHeadAccuracy(run);
  const accuracies = run.parts.flatMap(({ epochs }) => epochs.map(({ accuracy }) => accuracy));
  const domain = shareDomain([...accuracies, ...(head === null ? [] : [head])]);
  const epochs = Math.max(1, ...run.parts.map(({ ofEpochs }) => ofEpochs));
  const x: Axis = { name: t('tune.run.epoch'), ticks: wholeTicks(epochs), format: formatCount };
  const y: Axis = {
    name: t('tune.run.accuracy'),
    ticks: ticks(domain),
    format: (value) => formatCount(value * 100),
  };
  const current = run.parts.at(-1);
  const last = current?.epochs.at(-1);
  const nothing = current?.fold === null ? t('tune.run.nothingKept') : t('tune.run.nothingYet');
  const label =
    current === undefined || last === undefined
      ? nothing
      : t('tune.run.accuracySaid', {
          part: partText(current),
          accuracy: formatPercent(last.accuracy, 1),
          epoch: last.epoch,
        });
  const reference =
    head === null
      ? undefined
      : { value: head, label: t('tune.run.head', { accuracy: formatPercent(head, 1) }) };
  return (
    <SeriesPlot
      x={x}
      y={y}
      hasDots
      series={accuracySeries(run.parts, words)}
      reference={reference}
      label={label}
    />
  );
}

/** How good the head is that the run is compared to. */
function useHeadAccuracy({ head }: Run): number | null {
  const { data: models } = useQuery(api.model.list.queryOptions());
  return models?.find(({ id }) => id === head)?.crossValidated.accuracy.value ?? null;
}
