import { useTranslation } from 'react-i18next';
import type { ModelInfo } from '#contract/model.ts';
import type { Candidate } from '#contract/training.ts';
import { formatDecimal, formatPoints, formatTime } from '../../i18n/format.ts';
import { preferredBefore } from './chosen-before.ts';
import { median } from './median.ts';

export interface ModelWords {
  /** What learned and when: what tells a model from others. */
  readonly nameOf: (model: Pick<ModelInfo, 'regime' | 'createdAt'>) => string;
  /** What this way of training was compared to and why it was kept; empty where nothing else was tried. */
  readonly whyOf: (model: Pick<ModelInfo, 'candidates' | 'perClass'>) => string;
}

/** Models in words. */
export function useModelWords(): ModelWords {
  const { t } = useTranslation();
  const said = ({ regime }: Pick<Candidate, 'regime'>): string => t(`tune.said.${regime}`);
  const measured = (candidate: Candidate) => ({
    how: said(candidate),
    gain: formatPoints(candidate.gain ?? 0),
    error: formatDecimal((candidate.standardError ?? 0) * 100, 1),
  });
  return {
    nameOf: ({ regime, createdAt }) =>
      t('tune.models.named', { how: t(`tune.regime.${regime}`), when: formatTime(createdAt) }),
    whyOf: ({ candidates, perClass }) => {
      const chosen = candidates.find(({ isChosen }) => isChosen);
      if (chosen === undefined) return '';
      const before = preferredBefore(candidates, chosen);
      const tried = candidates
        .filter((each) => each.gain !== null && each !== chosen)
        .map((each) => t('tune.models.triedOne', measured(each)));
      const parts = [
        before === null
          ? t('tune.models.kept')
          : t('tune.models.chosen', { ...measured(chosen), before: said(before) }),
        tried.length > 0 ? t('tune.models.tried', { tried: tried.join(', ') }) : '',
        t('tune.models.perClass', { perClass: median(perClass.map(({ support }) => support)) }),
      ];
      return parts.filter(Boolean).join('; ');
    },
  };
}
