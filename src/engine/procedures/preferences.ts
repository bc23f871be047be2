import type { EngineHost } from '../host.ts';
import { withoutUndefined } from './defined.ts';
import { os } from './os.ts';

/** What is personal and not part of a project. */
export function preferenceRouter(host: EngineHost) {
  return {
    get: os.preferences.get.handler(() => host.settings.preferences),
    set: os.preferences.set.handler(({ input }) => host.settings.setPreferences(withoutUndefined(input))),
  };
}
