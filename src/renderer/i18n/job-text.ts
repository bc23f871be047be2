import i18next from 'i18next';
import type { Job } from '#contract/job.ts';
import { formatCount, formatDuration } from './format.ts';
import { text } from './text.ts';

/** The step a job is in, in words; null for a step without any (a newer engine may take one). */
export function stepText({ step }: Pick<Job, 'step'>): string | null {
  const key = `job.step.${step.replace(/^step\./, '')}`;
  const hasWords: boolean = i18next.exists(key);
  return hasWords ? text(key as 'job.step.read') : null;
}

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
