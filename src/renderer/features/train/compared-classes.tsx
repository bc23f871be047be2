import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Comparison } from '#contract/model.ts';
import { formatCount, formatPercent, formatPoints } from '../../i18n/format.ts';
import { useClassMap } from '../../state/queries.ts';
import { shareDomain, type Domain } from '../../ui/charts/axis.ts';
import { PairMark } from '../../ui/charts/pair-mark.tsx';
import plot from '../../ui/charts/plot-table.module.css';
import { ShareAxis } from '../../ui/charts/share-axis.tsx';
import { ClassChip } from '../../ui/class-chip.tsx';
import styles from './comparison.module.css';

export interface ComparedClassesProps {
  readonly classes: Comparison['perClass'];
}

/** How much of each class two models get right, those first that changed most. */
export function ComparedClasses({ classes }: ComparedClassesProps): ReactNode {
  const { t } = useTranslation();
  const domain = shareDomain(classes.flatMap(({ first, second }) => [first, second]));
  const order = classes.toSorted(
    (a, b) => Math.abs(b.second - b.first) - Math.abs(a.second - a.first) || b.support - a.support,
  );
  return (
    <div>
      <h3 className={styles.subtitle}>{t('tune.compare.classes')}</h3>
      <table className={plot.table}>
        <thead>
          <tr>
            <th scope="col">{t('train.classes.name')}</th>
            <th scope="col" className={plot.number}>
              {t('tune.compare.labels')}
            </th>
            <th scope="col" className={plot.number}>
              {t('tune.compare.first')}
            </th>
            <th scope="col" className={plot.number}>
              {t('tune.compare.second')}
            </th>
            <td />
            <th scope="col" className={plot.number}>
              {t('tune.compare.change')}
            </th>
          </tr>
        </thead>
        <tbody>
          {order.map((each) => (
            <Row key={each.class} compared={each} domain={domain} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={4} />
            <td className={styles.plot}>
              <ShareAxis domain={domain} name={t('tune.compare.recall')} />
            </td>
            <td />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

interface RowProps {
  readonly compared: Comparison['perClass'][number];
  readonly domain: Domain;
}

function Row({ compared, domain }: RowProps): ReactNode {
  const { t } = useTranslation();
  const shown = useClassMap().get(compared.class);
  const { support, first, second } = compared;
  const name = shown?.name ?? compared.class;
  const shares = { first: formatPercent(first, 1), second: formatPercent(second, 1) };
  return (
    <tr>
      <th scope="row">
        <ClassChip name={name} colour={shown?.colour ?? 'var(--line-strong)'} />
      </th>
      <td className={plot.number}>{formatCount(support)}</td>
      <td className={plot.number}>{shares.first}</td>
      <td className={plot.number}>{shares.second}</td>
      <td className={styles.plot}>
        <PairMark
          first={first}
          second={second}
          domain={domain}
          label={t('tune.compare.pair', { name, ...shares })}
        />
      </td>
      <td className={plot.number}>{formatPoints(second - first)}</td>
    </tr>
  );
}
