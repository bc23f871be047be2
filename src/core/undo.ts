import type { JournalEntry } from './journal.ts';

/** What can be taken back and done again, newest last. Both hold batch ids. */
export interface UndoStacks {
  readonly undo: string[];
  readonly redo: string[];
}

type Step = Pick<JournalEntry, 'action' | 'batch' | 'target'>;

/** Stacks of a project without any action. */
export function emptyStacks(): UndoStacks {
  return { undo: [], redo: [] };
}

/**
 * Advances the stacks by one journal entry, in place. Called for every entry of the journal in order it gives the
 * state of undo and redo after any restart.
 */
export function advance(stacks: UndoStacks, step: Step): void {
  if (step.target !== null) {
    const [from, to] = step.action === 'undo' ? [stacks.undo, stacks.redo] : [stacks.redo, stacks.undo];
    if (from.at(-1) === step.target) {
      from.pop();
      to.push(step.target);
    }
    return;
  }
  if (step.action === 'project.create' || step.action === 'annotator.create') return;
  stacks.redo.length = 0;
  if (stacks.undo.at(-1) !== step.batch) stacks.undo.push(step.batch);
}
