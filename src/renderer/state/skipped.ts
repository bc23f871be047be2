import { create } from 'zustand';
import { showView } from './view.ts';

/** The job whose left-out files are listed in the data view; null for none. */
export const useSkippedJob = create<{ readonly job: string | null }>(() => ({ job: null }));

/** Lists the files that a job left out, with reasons. */
export function showSkipped(job: string): void {
  useSkippedJob.setState({ job });
  showView('data');
}
