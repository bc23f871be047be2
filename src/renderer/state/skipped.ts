import { create } from 'zustand';
import { showView } from './view.ts';

interface SkippedReport {
  /** The job whose left-out files were asked for; null shows the latest that has some. */
  readonly job: string | null;
  /** Jobs whose report was closed. */
  readonly closed: readonly string[];
}

/** Which report of left-out files the data view shows. */
export const useSkippedJob = create<SkippedReport>(() => ({ job: null, closed: [] }));

/** Lists the files that a job left out, with reasons. */
export function showSkipped(job: string): void {
  useSkippedJob.setState(({ closed }) => ({ job, closed: closed.filter((id) => id !== job) }));
  showView('data');
}
