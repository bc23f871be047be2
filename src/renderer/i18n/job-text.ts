import type { Job } from '#contract/job.ts';
import { formatCount, formatDuration } from './format.ts';
import { text } from './text.ts';

/** How many of how many; only how many while the total is unknown. */
export function countText({ done, total }: Pick<Job, 'done' | 'total'>): string {
  if (total === 0) return done === 0 ? '' : formatCount(done);
  return text('job.progress', { done: formatCount(done), total: formatCount(total) });
}

/** What is left of a step; in short where the step is named beside it. Whole units: a guess has no tenths. */
export function leftText(seconds: number, length: 'long' | 'short' = 'long'): string {
  const time = formatDuration(Math.max(1, Math.round(seconds)));
  return text(length === 'long' ? 'job.left' : 'job.leftShort', { time });
}
