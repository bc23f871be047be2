import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../state/api.ts';

/** What a backbone is called: the one that every project has by what it is, others by their id. */
export function useBackboneName(): (id: string) => string {
  const { t } = useTranslation();
  const { data: backbones = [] } = useQuery(api.model.backbones.queryOptions());
  const builtIn = backbones.find((backbone) => backbone.builtIn)?.id;
  return (id) => (id === builtIn ? t('tune.models.builtIn') : id);
}
