import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Estimate } from '#contract/estimate.ts';
import type { ModelInfo } from '#contract/model.ts';
import { formatCount, formatDecimal, formatDuration, formatTime } from '../../i18n/format.ts';
import { shareDomain, type Domain } from '../../ui/charts/axis.ts';
import { IntervalMark } from '../../ui/charts/interval-mark.tsx';
import plot from '../../ui/charts/plot-table.module.css';
import { ShareAxis } from '../../ui/charts/share-axis.tsx';
import { ShareEstimate, shareText } from '../../ui/charts/share-estimate.tsx';
import { Section } from '../../ui/page.tsx';
import styles from './train.module.css';
import { useBackboneName } from './use-backbone-name.ts';

/** Off by more than this many points on average, a percentage misleads. */
const poorCalibration = 0.05;

/** How good the model is on images it has not seen, with intervals, and whether its percentages can be trusted. */
export function Quality({ model }: { readonly model: ModelInfo }): ReactNode {
  const { t } = useTranslation();
  const backboneName = useBackboneName();
  const { accuracy, balancedAccuracy, folds, calibrationError } = model.crossValidated;
  const domain = shareDomain([accuracy.low, balancedAccuracy.low]);
  return (
    <Section title={t('train.quality')}>
      <table className={plot.table}>
        <tbody>
          <Measure
            name={t('train.accuracy')}
            hint={t('train.accuracyHint')}
            estimate={accuracy}
            domain={domain}
          />
          <Measure
            name={t('train.balanced')}
            hint={t('train.balancedHint')}
            estimate={balancedAccuracy}
            domain={domain}
          />
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={2} />
            <td className={styles.widePlot}>
              <ShareAxis domain={domain} name={t('train.axis')} />
            </td>
          </tr>
        </tfoot>
      </table>
      <p className={styles.note}>
        {t('train.calibration', { error: formatDecimal(calibrationError * 100, 1) })}{' '}
        {t(calibrationError > poorCalibration ? 'train.calibrationPoor' : 'train.calibrationGood')}
      </p>
      <p className={styles.note}>
        {t('train.crossValidated', { folds: formatCount(folds) })}{' '}
        {t('train.modelFacts', {
          units: model.units,
          seconds: formatDuration(model.seconds),
          backbone: backboneName(model.base ?? model.backbone),
        })}
        , {formatTime(model.createdAt)}
      </p>
    </Section>
  );
}

interface MeasureProps {
  readonly name: string;
  readonly hint: string;
  readonly estimate: Estimate;
  readonly domain: Domain;
}

function Measure({ name, hint, estimate, domain }: MeasureProps): ReactNode {
  const { t } = useTranslation();
  return (
    <tr title={hint}>
      <th scope="row">{name}</th>
      <td className={plot.number}>
        <strong>
          <ShareEstimate estimate={estimate} hint={t('common.intervalHint')} />
        </strong>
      </td>
      <td className={styles.widePlot}>
        <IntervalMark estimate={estimate} domain={domain} label={`${name}: ${shareText(estimate)}`} />
      </td>
    </tr>
  );
}
