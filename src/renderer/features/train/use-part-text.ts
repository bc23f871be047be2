import { useTranslation } from 'react-i18next';
import type { RunPart } from '#contract/training.ts';

/** What a part of a run trains, in words: `Last layers, fold 2 of 5`. */
export function usePartText(): (part: Pick<RunPart, 'regime' | 'fold' | 'folds'>) => string {
  const { t } = useTranslation();
  return ({ regime, fold, folds }) => {
    const name = t(`tune.regime.${regime}`);
    return fold === null
      ? t('tune.run.all', { regime: name })
      : t('tune.run.fold', { regime: name, fold, folds });
  };
}
