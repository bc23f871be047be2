import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelInfo } from '#contract/model.ts';
import { useActions } from '../../state/actions.ts';
import { client } from '../../state/api.ts';
import { compare, modelBefore } from '../../state/comparing.ts';
import { useCanEdit } from '../../state/queries.ts';
import { attempt } from '../../state/toast.tsx';
import { shareDomain } from '../../ui/charts/axis.ts';
import plot from '../../ui/charts/plot-table.module.css';
import { ShareAxis } from '../../ui/charts/share-axis.tsx';
import { Section } from '../../ui/page.tsx';
import { ExportModelDialog } from './export-model-dialog.tsx';
import { ModelRow } from './model-row.tsx';
import { RemoveModelDialog } from './remove-model-dialog.tsx';
import styles from './train.module.css';

export interface ModelTableProps {
  /** Newest first. */
  readonly models: readonly ModelInfo[];
  /** Id of the one in use. */
  readonly current: string | null;
}

/** Every model with what learned and how good it was, on one axis; used, compared, exported and deleted from here. */
export function ModelTable({ models, current }: ModelTableProps): ReactNode {
  const { t } = useTranslation();
  const [exported, setExported] = useState<ModelInfo | null>(null);
  const [removed, setRemoved] = useState<ModelInfo | null>(null);
  useModelActions({ models, current }, setExported);
  const domain = shareDomain(models.map((model) => model.crossValidated.accuracy.low));
  return (
    <Section title={t('train.models.title')}>
      <table className={plot.table}>
        <Head />
        <tbody>
          {models.map((model) => (
            <ModelRow
              key={model.id}
              model={model}
              current={current}
              domain={domain}
              onExport={setExported}
              onRemove={setRemoved}
            />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={2} />
            <td className={styles.modelPlot}>
              <ShareAxis domain={domain} name={t('train.axis')} />
            </td>
            <td colSpan={5} />
          </tr>
        </tfoot>
      </table>
      <ExportModelDialog model={exported} onClose={() => setExported(null)} />
      <RemoveModelDialog model={removed} onClose={() => setRemoved(null)} />
    </Section>
  );
}

function Head(): ReactNode {
  const { t } = useTranslation();
  return (
    <thead>
      <tr>
        <th scope="col">{t('tune.models.how')}</th>
        <th scope="col" className={plot.number}>
          {t('train.models.labels')}
        </th>
        <th scope="col" colSpan={2}>
          {t('train.accuracy')}
        </th>
        <th scope="col" className={plot.number} title={t('train.models.gainHint')}>
          {t('train.models.gain')}
        </th>
        <th scope="col" className={plot.number}>
          {t('train.models.errors')}
        </th>
        <th scope="col" className={plot.number}>
          {t('train.models.seconds')}
        </th>
        <td />
      </tr>
    </thead>
  );
}

/** What can be done with the model in use by key and from the palette. */
function useModelActions({ models, current }: ModelTableProps, onExport: (model: ModelInfo) => void): void {
  const canEdit = useCanEdit();
  const before = current === null ? null : modelBefore(models, current);
  const model = models.find(({ id }) => id === current);
  useActions({
    'train.compare': {
      run: () => before !== null && current !== null && compare({ first: before, second: current }),
      isEnabled: () => before !== null,
    },
    'train.promoteBefore': {
      run: () => before !== null && attempt(client.model.promote({ model: before })),
      isEnabled: () => canEdit && before !== null,
    },
    'train.export': {
      run: () => model !== undefined && onExport(model),
      isEnabled: () => model !== undefined,
    },
  });
}
