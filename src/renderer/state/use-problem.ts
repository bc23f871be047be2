import { useState } from 'react';
import type { Problem } from '#base/problem.ts';
import { problemOf } from './problem-of.ts';

export interface ProblemState {
  /** What went wrong the last time, to be shown where the person is working. */
  readonly problem: Problem | null;
  readonly isRunning: boolean;
  readonly run: (work: Promise<unknown>) => void;
}

/** Follows work that a dialog started, and keeps its problem for the dialog to show. */
export function useProblem(): ProblemState {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isRunning, setRunning] = useState(false);
  const run = (work: Promise<unknown>): void => {
    setRunning(true);
    setProblem(null);
    work.catch((error: unknown) => setProblem(problemOf(error))).finally(() => setRunning(false));
  };
  return { problem, isRunning, run };
}
