import { Component, type ReactNode } from 'react';
import { text } from '../i18n/text.ts';
import { problemOf } from '../state/problem-of.ts';
import { ErrorState } from '../ui/error-state.tsx';

interface Failure {
  readonly error: unknown;
}

/** Keeps a mistake in one view from taking the rest of the window with it. */
export class ErrorBoundary extends Component<
  { readonly children: ReactNode },
  { readonly failure: Failure | null }
> {
  override state: { readonly failure: Failure | null } = { failure: null };

  static getDerivedStateFromError(error: unknown): { failure: Failure } {
    return { failure: { error } };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === null) return this.props.children;
    return (
      <ErrorState
        title={text('common.failed')}
        problem={problemOf(failure.error)}
        retryLabel={text('common.retry')}
        onRetry={() => this.setState({ failure: null })}
      />
    );
  }
}
