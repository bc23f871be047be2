import type { ReactNode } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import type { ModelInfo } from '#contract/model.ts';
import type { ProjectInfo } from '#contract/project.ts';
import type { ClassId } from '#core/ids.ts';
import { useClassMap } from '../../state/queries.ts';
import { ClassChip } from '../../ui/class-chip.tsx';
import { Section } from '../../ui/page.tsx';
import styles from './audit.module.css';
import { blindSpots, leastForAudit } from './blind-spots.ts';

export interface LimitsProps {
  readonly project: ProjectInfo;
  readonly model: ModelInfo;
}

/** What the audit cannot say, so that nobody takes silence for an all-clear. */
export function Limits({ project, model }: LimitsProps): ReactNode {
  const { t } = useTranslation();
  const { rare, unrecognised } = blindSpots(model);
  const unlabelled = project.images - project.labelled;
  return (
    <Section title={t('audit.limits.title')}>
      <ul className={styles.limits}>
        {rare.length > 0 && (
          <li>
            <Trans
              t={t}
              i18nKey="audit.limits.rare"
              count={rare.length}
              values={{ least: leastForAudit }}
              components={{ classes: <ClassNames ids={rare} /> }}
            />
          </li>
        )}
        {unrecognised.length > 0 && (
          <li>
            <Trans
              t={t}
              i18nKey="audit.limits.recall"
              count={unrecognised.length}
              components={{ classes: <ClassNames ids={unrecognised} /> }}
            />
          </li>
        )}
        {unlabelled > 0 && <li>{t('audit.limits.unlabelled', { count: unlabelled })}</li>}
        <li>{t('audit.limits.agreement')}</li>
      </ul>
    </Section>
  );
}

function ClassNames({ ids }: { readonly ids: readonly ClassId[] }): ReactNode {
  const classes = useClassMap();
  return ids.map((id, at) => (
    <span key={id}>
      {at > 0 && ', '}
      <ClassChip
        name={classes.get(id)?.name ?? id}
        colour={classes.get(id)?.colour ?? 'var(--line-strong)'}
      />
    </span>
  ));
}
