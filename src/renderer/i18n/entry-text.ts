import type { HistoryEntry } from '#contract/history.ts';
import { formattedCounts } from './format.ts';
import { text } from './text.ts';

/** What somebody did, in a sentence; of an undo or redo also what it was about. */
export function entryText(entry: Pick<HistoryEntry, 'action' | 'detail' | 'targetAction'>): string {
  const { action, detail, targetAction } = entry;
  const { count = 0, decision = '', ...rest } = detail;
  const values = formattedCounts({ ...rest, total: count }) as { class: string; total: string };
  // Reordering is an update that names no class.
  if (action === 'class.update' && detail.class === undefined) return text('history.reordered', values);
  const said =
    action === 'suspect.decide' ? text(`history.decision.${decision}` as 'history.decision.kept') : '';
  const what = targetAction === null ? '' : entryText({ ...targetAction, targetAction: null });
  return text(`history.entry.${action}` as 'history.entry.label.set', { ...values, decision: said, what });
}
