import { existsSync } from 'node:fs';
import { sql } from 'kysely';
import type { ProjectInfo } from '#contract/project.ts';
import type { Annotator } from '#core/records/annotator.ts';
import type { Source } from '#core/records/source.ts';
import { currentAudit } from './current-audit.ts';
import { currentModel } from './model-registry.ts';
import { countOpenSuspects } from './review.ts';
import { rootFolder } from './source-root.ts';
import type { Workspace } from './workspace.ts';

/** The open project in numbers. */
export async function projectInfo(workspace: Workspace): Promise<ProjectInfo> {
  const { store } = workspace;
  const model = await currentModel(store);
  const audit = await currentAudit(store);
  return {
    folder: store.folder,
    name: store.name,
    images: await countRows(workspace, 'image'),
    labelled: await countRows(workspace, 'current_label'),
    classes: await countRows(workspace, 'class'),
    suspects: await countOpenSuspects(workspace),
    estimatedErrors: audit?.estimatedErrors ?? null,
    audit: audit && { model: audit.model, at: audit.at, isDeep: audit.isDeep },
    changedSinceModel: model === null ? 0 : await countChangedLabels(workspace),
    model: model?.id ?? null,
    sources: await sources(workspace),
    annotators: await annotators(workspace),
    annotator: workspace.annotator,
    readOnly: store.readOnly,
    seq: store.seq,
  };
}

async function countRows(workspace: Workspace, table: 'image' | 'current_label' | 'class'): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM ${sql.table(table)}`.execute(
    workspace.store.background,
  );
  return rows[0]?.count ?? 0;
}

/** Units whose label differs from the one that the current audit saw, in either direction. */
export async function countChangedLabels(workspace: Workspace): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM current_label AS given
    FULL JOIN cache.suspect AS suspect ON suspect.unit = given.unit
    WHERE suspect.given IS NOT given.class`.execute(workspace.store.background);
  return rows[0]?.count ?? 0;
}

async function sources(workspace: Workspace): Promise<ProjectInfo['sources']> {
  const { background: db } = workspace.store;
  const counts = await db
    .selectFrom('image')
    .select(['source', (on) => on.fn.countAll<number>().as('images')])
    .groupBy('source')
    .execute();
  const imagesOf = new Map(counts.map((row) => [row.source, row.images]));
  const rows = (await db.selectFrom('source').selectAll().orderBy('addedAt').execute()) as Source[];
  return rows.map((each) => {
    const root = rootFolder(workspace.store.folder, each.root);
    return { ...each, root, images: imagesOf.get(each.id) ?? 0, available: existsSync(root) };
  });
}

async function annotators(workspace: Workspace): Promise<ProjectInfo['annotators']> {
  const { background: db } = workspace.store;
  const counts = await db
    .selectFrom('label')
    .select(['annotator', (on) => on.fn.countAll<number>().as('labels')])
    .groupBy('annotator')
    .execute();
  const labelsOf = new Map(counts.map((row) => [row.annotator, row.labels]));
  const rows = (await db.selectFrom('annotator').selectAll().orderBy('name').execute()) as Annotator[];
  return rows.map((each) => ({ ...each, labels: labelsOf.get(each.id) ?? 0 }));
}
