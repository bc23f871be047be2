import { existsSync } from 'node:fs';
import { sql } from 'kysely';
import type { Preferences } from '#contract/preferences.ts';
import type { RecentProject } from '#contract/project.ts';
import { isProjectFolder } from '#store/project-folder.ts';
import type { Settings } from '#store/settings.ts';
import type { Workspace } from './workspace.ts';

const mosaicTiles = 9;

/** The projects that were open lately, newest first. */
export function recentProjects(settings: Settings<Preferences>): RecentProject[] {
  return settings.recent.map((entry) => ({
    ...entry,
    mosaic: [...entry.mosaic],
    exists: existsSync(entry.folder) && isProjectFolder(entry.folder),
  }));
}

/** Puts the open project at the front of the recent ones, with pictures for its card. */
export async function remember(settings: Settings<Preferences>, workspace: Workspace): Promise<void> {
  const { store } = workspace;
  const images = await store.db
    .selectFrom('image')
    .select(sql<number>`count(*)`.as('count'))
    .executeTakeFirstOrThrow();
  await settings.remember({
    folder: store.folder,
    name: store.name,
    openedAt: workspace.clock(),
    images: images.count,
    mosaic: await mosaic(workspace),
  });
}

/** Pictures spread over the project, as `data:` URLs. */
async function mosaic({ store }: Workspace): Promise<string[]> {
  const rows = await store.db
    .selectFrom('cache.thumbnail')
    .select(['type', 'bytes'])
    .orderBy('hash')
    .limit(mosaicTiles)
    .execute();
  return rows.map((row) => `data:${row.type};base64,${Buffer.from(row.bytes).toString('base64')}`);
}
