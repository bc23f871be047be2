import { useQuery } from '@tanstack/react-query';
import type { Preferences } from '#contract/preferences.ts';
import { api, client, queryClient } from './api.ts';

/** What holds until the person's preferences have arrived. */
export const defaultPreferences: Preferences = {
  theme: 'dark',
  locale: 'en',
  keymap: 'emend',
  thumbnailSize: 128,
  inspectorOpen: true,
  autoAdvance: true,
  backgroundTraining: true,
  annotator: 'me',
};

const { queryKey } = api.preferences.get.queryOptions();

/** The person's preferences. */
export function usePreferences(): Preferences {
  return useQuery(api.preferences.get.queryOptions()).data ?? defaultPreferences;
}

/** The person's preferences outside of a component. */
export function preferences(): Preferences {
  return queryClient.getQueryData(queryKey) ?? defaultPreferences;
}

/** Changes preferences at once; the engine keeps them. */
export function setPreferences(change: Partial<Preferences>): void {
  queryClient.setQueryData(queryKey, { ...preferences(), ...change });
  client.preferences.set(change).catch(() => queryClient.invalidateQueries({ queryKey }));
}
