import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { entryText } from '../i18n/entry-text.ts';
import { api } from '../state/api.ts';

/** What undo and redo would do now, as on their buttons and in the palette; null where there is nothing to do. */
export function useUndoWords(): { readonly undo: string | null; readonly redo: string | null } {
  const { t } = useTranslation();
  const { data } = useQuery(api.history.state.queryOptions());
  const { undo = null, redo = null } = data ?? {};
  return {
    undo: undo === null ? null : t('app.undoOf', { what: entryText(undo) }),
    redo: redo === null ? null : t('app.redoOf', { what: entryText(redo) }),
  };
}
