import type { HistoryEntry } from '#contract/history.ts';
import { formattedCounts } from './format.ts';
import { text } from './text.ts';

/** What somebody did, in a sentence. */
export function entryText({ action, detail }: Pick<HistoryEntry, 'action' | 'detail'>): string {
  return text(`history.entry.${action}` as 'history.entry.undo', formattedCounts(detail) as { what: string });
}
