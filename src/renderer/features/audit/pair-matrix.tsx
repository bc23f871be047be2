import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../i18n/format.ts';
import { api } from '../../state/api.ts';
import { LoadError } from '../../state/load-error.tsx';
import { useClasses } from '../../state/queries.ts';
import { openReview } from '../../state/view.ts';
import { ClassMatrix, type Cell } from '../../ui/charts/class-matrix.tsx';
import { Section } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import styles from './audit.module.css';
import { pairTable, type PairTable } from './pair-table.ts';

/** Which labels should be which, in estimated numbers; every number opens its review. */
export function PairMatrix(): ReactNode {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(api.review.pairs.queryOptions());
  const classes = useClasses();
  const table = useMemo(() => (data === undefined ? null : pairTable(data, classes)), [data, classes]);
  return (
    <Section title={t('audit.pairs.title')}>
      {error !== null && <LoadError error={error} onRetry={refetch} />}
      {error === null && table === null && <SkeletonRows count={6} />}
      {table !== null &&
        (table.classes.length === 0 ? (
          <p className={styles.note}>{t('audit.pairs.none')}</p>
        ) : (
          <Matrix table={table} />
        ))}
    </Section>
  );
}

function Matrix({ table }: { readonly table: PairTable }): ReactNode {
  const { t } = useTranslation();
  const { classes, wrong, waiting, left } = table;
  const describe = ({ row, column, value }: Cell): string =>
    t('audit.pairs.cell', {
      wrong: wrongText(value),
      given: classes[row]?.name ?? '',
      suggested: classes[column]?.name ?? '',
      waiting: formatCount(waiting[row]?.[column] ?? 0),
    });
  const open = ({ row, column }: Cell): void => {
    const [given, suggested] = [classes[row], classes[column]];
    if (given !== undefined && suggested !== undefined)
      openReview({ given: given.id, suggested: suggested.id });
  };
  return (
    <>
      <ClassMatrix
        caption={t('audit.pairs.caption')}
        rowAxis={t('audit.pairs.given')}
        columnAxis={t('audit.pairs.suggested')}
        items={classes}
        values={wrong}
        format={wrongText}
        describe={describe}
        onOpen={open}
      />
      <p className={styles.note}>
        {t('audit.pairs.hint')}{' '}
        {left > 0 &&
          t('audit.pairs.some', { count: classes.length, all: formatCount(classes.length + left) })}
      </p>
    </>
  );
}

/** An expected number as it is read: whole labels, or fewer than one. */
function wrongText(wrong: number): string {
  return wrong < 0.95 ? '<1' : formatCount(Math.round(wrong));
}
