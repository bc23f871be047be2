import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProjectInfo } from '#contract/project.ts';
import { formatCount } from '../../i18n/format.ts';
import { showImages } from '../../state/view.ts';
import type { Domain } from '../../ui/charts/axis.ts';
import { IntervalMark } from '../../ui/charts/interval-mark.tsx';
import plot from '../../ui/charts/plot-table.module.css';
import { ShareAxis } from '../../ui/charts/share-axis.tsx';
import { ShareEstimate, shareText } from '../../ui/charts/share-estimate.tsx';
import { Section } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import styles from './audit.module.css';
import { shareAxis, type SuspectShare } from './suspect-share.ts';
import { suspectsOf, useShares, type PartKind } from './use-shares.ts';

export interface ShareSectionProps {
  readonly kind: PartKind;
  readonly project: ProjectInfo;
}

/** Whether suspects pile up with one annotator or one folder. Nothing to compare, nothing shown. */
export function ShareSection({ kind, project }: ShareSectionProps): ReactNode {
  const { t } = useTranslation();
  const shares = useShares(kind, project);
  if (shares !== undefined && shares.length < 2) return null;
  return (
    <Section title={t(`audit.by.${kind}`)}>
      {shares === undefined ? <SkeletonRows count={4} /> : <ShareTable kind={kind} shares={shares} />}
      <p className={styles.note}>{t('audit.by.hint')}</p>
    </Section>
  );
}

interface ShareTableProps {
  readonly kind: PartKind;
  readonly shares: readonly SuspectShare[];
}

function ShareTable({ kind, shares }: ShareTableProps): ReactNode {
  const { t } = useTranslation();
  const labels = shares.reduce((sum, part) => sum + part.labels, 0);
  const overall = shares.reduce((sum, part) => sum + part.suspects, 0) / Math.max(labels, 1);
  const domain = shareAxis(shares);
  const show = (id: string) => showImages(suspectsOf(kind, id), { by: 'suspicion', descending: true });
  return (
    <table className={plot.table}>
      <thead>
        <tr>
          <th scope="col">{t(kind === 'annotators' ? 'audit.by.name' : 'audit.by.source')}</th>
          <th scope="col" className={plot.number}>
            {t('audit.by.labels')}
          </th>
          <th scope="col" className={plot.number}>
            {t('audit.by.suspects')}
          </th>
          <th scope="col" colSpan={3}>
            {t('audit.by.share')}
          </th>
        </tr>
      </thead>
      <tbody>
        {shares.map((part) => (
          <ShareRow
            key={part.id}
            part={part}
            domain={domain}
            overall={overall}
            onShow={() => show(part.id)}
          />
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={3} />
          <td className={plot.plot}>
            <ShareAxis domain={domain} name={t('audit.by.axis')} />
          </td>
          <td colSpan={2} />
        </tr>
      </tfoot>
    </table>
  );
}

interface ShareRowProps {
  readonly part: SuspectShare;
  readonly domain: Domain;
  readonly overall: number;
  readonly onShow: () => void;
}

function ShareRow({ part, domain, overall, onShow }: ShareRowProps): ReactNode {
  const { t } = useTranslation();
  const { name, labels, suspects, share, comparison } = part;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className={plot.number}>{formatCount(labels)}</td>
      <td className={plot.number}>
        <UnstyledButton
          className={styles.count}
          disabled={suspects === 0}
          aria-label={`${formatCount(suspects)}: ${t('audit.by.show', { name })}`}
          title={t('audit.by.show', { name })}
          onClick={onShow}
        >
          {formatCount(suspects)}
        </UnstyledButton>
      </td>
      {share === null ? (
        <td colSpan={3} className={plot.dim}>
          {t('audit.by.tooFew')}
        </td>
      ) : (
        <>
          <td className={plot.plot}>
            <IntervalMark
              estimate={share}
              domain={domain}
              reference={overall}
              label={`${name}: ${shareText(share)}`}
            />
          </td>
          <td className={plot.number}>
            <ShareEstimate estimate={share} hint={t('common.intervalHint')} />
          </td>
          <td className={comparison === 'unclear' ? plot.dim : undefined}>{t(`audit.by.${comparison}`)}</td>
        </>
      )}
    </tr>
  );
}
