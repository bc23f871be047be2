import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/empty-state.tsx';

/** Where everything begins: recent projects, a new one, or the sample. */
export function Start(): ReactNode {
  const { t } = useTranslation();
  return <EmptyState title={t('app.name')}>{t('start.tagline')}</EmptyState>;
}
