import i18next from 'i18next';
import type { ActionId } from '../state/action-specs/all.ts';

/** A text outside of a component (toasts, commands). Components use `useTranslation`, which follows the language. */
export const text = i18next.t;

/**
 * The name of an action's text: `gallery.open` is told by `gallery.action.open`. Typed as one of them, none of which
 * has placeholders; a test sees that every action has its text.
 */
export function actionKey(id: ActionId): 'app.action.undo' {
  return id.replace('.', '.action.') as 'app.action.undo';
}
