import { Button } from '@mantine/core';
import IconAlertTriangle from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs';
import type { ReactNode } from 'react';
import type { Problem } from '#base/problem.ts';
import { EmptyState } from './empty-state.tsx';

export interface ErrorStateProps {
  readonly title: string;
  readonly problem: Pick<Problem, 'subject' | 'reason'>;
  readonly retryLabel: string;
  readonly onRetry: () => void;
}

/** What a view shows when it could not be loaded: what failed, why, and a way to try again. */
export function ErrorState({ title, problem, retryLabel, onRetry }: ErrorStateProps): ReactNode {
  return (
    <div role="alert" style={{ height: '100%' }}>
      <EmptyState
        icon={<IconAlertTriangle size={28} stroke={1.5} />}
        title={title}
        action={
          <Button variant="default" onClick={onRetry}>
            {retryLabel}
          </Button>
        }
      >
        <span className="selectable">
          {problem.subject !== '' && <strong>{problem.subject}: </strong>}
          {problem.reason}
        </span>
      </EmptyState>
    </div>
  );
}
