import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../ui/error-state.tsx';
import { problemOf } from './problem-of.ts';

export interface LoadErrorProps {
  readonly error: unknown;
  readonly onRetry: () => unknown;
}

/** In the place of something that could not be loaded: why, and a way to try again. */
export function LoadError({ error, onRetry }: LoadErrorProps): ReactNode {
  const { t } = useTranslation();
  return (
    <ErrorState
      title={t('common.failed')}
      problem={problemOf(error)}
      retryLabel={t('common.retry')}
      onRetry={() => void onRetry()}
    />
  );
}
