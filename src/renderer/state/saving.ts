import { create } from 'zustand';

/** Whether everything the person did is on disk. */
interface Saving {
  /** Actions that the engine has not acknowledged yet. */
  readonly pending: number;
  /** Journal row of the last acknowledged action. */
  readonly seq: number | null;
  /** The last action was not saved. */
  readonly hasFailed: boolean;
}

export const useSaving = create<Saving>(() => ({ pending: 0, seq: null, hasFailed: false }));

let last: Promise<unknown> = Promise.resolve();

/**
 * Does an action once every earlier one has ended, and follows it until the engine has it on disk, for the status
 * line. Without the turns an undo, which is quickly understood, could overtake the decision that it is meant for.
 */
export async function saving<T extends { readonly seq: number }>(action: () => Promise<T>): Promise<T> {
  useSaving.setState(({ pending }) => ({ pending: pending + 1 }));
  const mine = last.then(action);
  last = mine.catch(() => undefined);
  try {
    const committed = await mine;
    useSaving.setState({ seq: committed.seq, hasFailed: false });
    return committed;
  } catch (error) {
    useSaving.setState({ hasFailed: true });
    throw error;
  } finally {
    useSaving.setState(({ pending }) => ({ pending: pending - 1 }));
  }
}
