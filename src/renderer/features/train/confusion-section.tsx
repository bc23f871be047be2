import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelInfo } from '#contract/model.ts';
import { formatCount } from '../../i18n/format.ts';
import { useClassMap } from '../../state/queries.ts';
import { showImages } from '../../state/view.ts';
import { ClassMatrix, type Cell, type MatrixClass } from '../../ui/charts/class-matrix.tsx';
import { mostConfused } from '../../ui/charts/most-confused.ts';
import { Section } from '../../ui/page.tsx';
import styles from './train.module.css';

/** What is labelled as what and called what; every number opens its images. */
export function ConfusionSection({ model }: { readonly model: ModelInfo }): ReactNode {
  const { t } = useTranslation();
  const classes = useClassMap();
  const positions = mostConfused(model.confusion);
  const items = positions
    .map((at) => model.classes[at])
    .filter((id) => id !== undefined)
    .map((id): MatrixClass => classes.get(id) ?? { id, name: id, colour: 'var(--line-strong)' });
  const values = positions.map((row) => positions.map((column) => model.confusion[row]?.[column] ?? 0));

  const namesOf = ({ row, column }: Cell) => ({
    given: items[row]?.name ?? '',
    predicted: items[column]?.name ?? '',
  });
  const describe = (cell: Cell): string =>
    cell.row === cell.column
      ? t('train.confusion.right', { count: cell.value, given: namesOf(cell).given })
      : t('train.confusion.cell', { count: cell.value, ...namesOf(cell) });
  const open = ({ row, column }: Cell): void => {
    const [given, predicted] = [items[row], items[column]];
    if (given === undefined || predicted === undefined) return;
    showImages({ classes: [given.id], predicted: [predicted.id] }, { by: 'suspicion', descending: true });
  };
  const isCut = items.length < model.classes.length;
  return (
    <Section title={t('train.confusion.title')}>
      <ClassMatrix
        caption={t('train.confusion.title')}
        rowAxis={t('train.confusion.given')}
        columnAxis={t('train.confusion.predicted')}
        items={items}
        values={values}
        format={formatCount}
        describe={describe}
        onOpen={open}
      />
      <p className={styles.note}>
        {t('train.confusion.hint')}{' '}
        {isCut &&
          t('train.confusion.some', {
            count: items.length,
            all: formatCount(model.classes.length),
          })}
      </p>
    </Section>
  );
}
