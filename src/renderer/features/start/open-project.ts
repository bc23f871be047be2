import { text } from '../../i18n/text.ts';
import { api, client, queryClient } from '../../state/api.ts';
import { pickPath } from '../../state/folder-picker.ts';
import { resetView } from '../../state/view.ts';
import type { ViewName } from '../../state/view-name.ts';
import type { ProjectInfo } from '#contract/project.ts';

function show(project: ProjectInfo, view: ViewName): void {
  queryClient.removeQueries({
    predicate: ({ queryKey }) => queryKey[0] !== 'browse' && !isPersonal(queryKey),
  });
  queryClient.setQueryData(api.project.info.queryOptions().queryKey, project);
  resetView(view);
}

/** Preferences and jobs outlive the project. */
function isPersonal(queryKey: readonly unknown[]): boolean {
  const path = JSON.stringify(queryKey[0]);
  return path === '["preferences","get"]' || path === '["jobs","list"]';
}

/** Opens the project in a folder and shows its gallery. */
export async function openProject(folder: string): Promise<void> {
  show(await client.project.open({ folder }), 'gallery');
}

/** Creates a project in a new folder and shows where to add images. */
export async function createProject(folder: string, name: string): Promise<void> {
  show(await client.project.create({ folder, name }), 'gallery');
}

/** Asks for a project folder and opens it. */
export async function chooseProject(): Promise<void> {
  const folder = await pickPath('project', text('start.open'));
  if (folder !== null) await openProject(folder);
}

/** Draws the sample and opens it: a job that the start page shows. */
export async function trySample(): Promise<void> {
  await client.project.sample({ folder: null });
}
