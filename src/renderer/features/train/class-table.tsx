import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Estimate } from '#contract/estimate.ts';
import type { ModelInfo } from '#contract/model.ts';
import { formatCount } from '../../i18n/format.ts';
import { useClassMap } from '../../state/queries.ts';
import { shareDomain, type Domain } from '../../ui/charts/axis.ts';
import { IntervalMark } from '../../ui/charts/interval-mark.tsx';
import plot from '../../ui/charts/plot-table.module.css';
import { ShareAxis } from '../../ui/charts/share-axis.tsx';
import { ShareEstimate, shareText } from '../../ui/charts/share-estimate.tsx';
import { ClassChip } from '../../ui/class-chip.tsx';
import { Section } from '../../ui/page.tsx';

/** Precision and recall of every class as dots with intervals on one axis. */
export function ClassTable({ model }: { readonly model: ModelInfo }): ReactNode {
  const { t } = useTranslation();
  const classes = useClassMap();
  const estimates = model.perClass.flatMap(({ precision, recall }) => [precision, recall]);
  const domain = shareDomain(estimates.filter((estimate) => estimate !== null).map(({ low }) => low));
  const axis = (
    <td className={plot.plot}>
      <ShareAxis domain={domain} name={t('train.axis')} />
    </td>
  );
  return (
    <Section title={t('train.classes.title')}>
      <table className={plot.table}>
        <thead>
          <tr>
            <th scope="col">{t('train.classes.name')}</th>
            <th scope="col" className={plot.number}>
              {t('train.classes.support')}
            </th>
            <th scope="col" colSpan={2} title={t('train.classes.precisionHint')}>
              {t('train.classes.precision')}
            </th>
            <th scope="col" colSpan={2} title={t('train.classes.recallHint')}>
              {t('train.classes.recall')}
            </th>
          </tr>
        </thead>
        <tbody>
          {model.perClass.map((metrics) => {
            const shown = classes.get(metrics.class) ?? { name: metrics.class, colour: 'var(--line-strong)' };
            return <ClassRow key={metrics.class} metrics={metrics} shown={shown} domain={domain} />;
          })}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={2} />
            {axis}
            <td />
            {axis}
            <td />
          </tr>
        </tfoot>
      </table>
    </Section>
  );
}

interface ClassRowProps {
  readonly metrics: ModelInfo['perClass'][number];
  readonly shown: { readonly name: string; readonly colour: string };
  readonly domain: Domain;
}

function ClassRow({ metrics, shown, domain }: ClassRowProps): ReactNode {
  const { t } = useTranslation();
  return (
    <tr>
      <th scope="row">
        <ClassChip name={shown.name} colour={shown.colour} />
      </th>
      <td className={plot.number}>{formatCount(metrics.support)}</td>
      <Plotted name={t('train.classes.precision')} estimate={metrics.precision} domain={domain} />
      <Plotted name={t('train.classes.recall')} estimate={metrics.recall} domain={domain} />
    </tr>
  );
}

interface PlottedProps {
  readonly name: string;
  readonly estimate: Estimate | null;
  readonly domain: Domain;
}

function Plotted({ name, estimate, domain }: PlottedProps): ReactNode {
  const { t } = useTranslation();
  if (estimate === null) {
    return (
      <td colSpan={2} className={plot.dim} title={t('common.tooFewHint')}>
        {t('train.classes.tooFew')}
      </td>
    );
  }
  return (
    <>
      <td className={plot.plot}>
        <IntervalMark estimate={estimate} domain={domain} label={`${name}: ${shareText(estimate)}`} />
      </td>
      <td className={plot.number}>
        <ShareEstimate estimate={estimate} hint={t('common.intervalHint')} />
      </td>
    </>
  );
}
