import { z } from 'zod';
import { annotatorSchema } from '#core/records/annotator.ts';
import { sourceSchema } from '#core/records/source.ts';
import { estimateSchema } from './estimate.ts';
import { startedSchema } from './job.ts';
import { procedure } from './problem.ts';

/** What is shown of a project before it is opened. */
export const recentProjectSchema = z.object({
  folder: z.string(),
  name: z.string(),
  openedAt: z.number(),
  images: z.number().int(),
  /** False when the folder is gone or on a drive that is not there. */
  exists: z.boolean(),
  /** Up to nine tiny pictures as `data:` URLs for the card's mosaic. */
  mosaic: z.array(z.string()),
});
export type RecentProject = z.infer<typeof recentProjectSchema>;

/** The open project in numbers. */
export const projectInfoSchema = z.object({
  folder: z.string(),
  name: z.string(),
  images: z.number().int(),
  labelled: z.number().int(),
  classes: z.number().int(),
  /** Units whose label the last audit doubts more than not, and nobody has decided about since. */
  suspects: z.number().int(),
  /** Wrong labels among all, as the last audit estimates; null before the first. */
  estimatedErrors: estimateSchema.nullable(),
  /** What the suspects rest on; null before the first audit. */
  audit: z
    .object({
      model: z.string(),
      at: z.number(),
      /** Whether networks that never saw a label judged it, not only classifiers of embeddings. */
      isDeep: z.boolean(),
    })
    .nullable(),
  /** Labels changed since the current model was trained. */
  changedSinceModel: z.number().int(),
  model: z.string().nullable(),
  sources: z.array(sourceSchema.extend({ images: z.number().int(), available: z.boolean() })),
  annotators: z.array(annotatorSchema.extend({ labels: z.number().int() })),
  /** Who the next label will be by. */
  annotator: annotatorSchema,
  /** True for a second opener: everything can be seen, nothing changed. */
  readOnly: z.boolean(),
  /** Journal rows on disk. */
  seq: z.number().int(),
});
export type ProjectInfo = z.infer<typeof projectInfoSchema>;

/** A check of the project's consistency, with what was found. */
export const verifyReportSchema = z.object({
  ok: z.boolean(),
  entries: z.number().int(),
  records: z.number().int(),
  problems: z.array(z.string()),
});
export type VerifyReport = z.infer<typeof verifyReportSchema>;

/** An entry of a folder on the engine's machine, for choosing a project or images in a browser. */
export const folderEntrySchema = z.object({
  name: z.string(),
  path: z.string(),
  kind: z.enum(['folder', 'project', 'csv', 'model']),
});
export type FolderEntry = z.infer<typeof folderEntrySchema>;

const folder = z.object({ folder: z.string().min(1) });

export const projectProcedures = {
  recent: procedure.output(z.array(recentProjectSchema)),
  forget: procedure.input(folder).output(z.object({})),
  /** The open project, or null on the start page. */
  info: procedure.output(projectInfoSchema.nullable()),
  create: procedure.input(folder.extend({ name: z.string().min(1).max(200) })).output(projectInfoSchema),
  open: procedure.input(folder).output(projectInfoSchema),
  close: procedure.output(z.object({})),
  /** Creates (or opens) a project with drawn cell images, planted label errors and all there is to try. */
  sample: procedure.input(z.object({ folder: z.string().nullable() })).output(startedSchema),
  /** Who labels from now on; created when the name is new. */
  setAnnotator: procedure.input(z.object({ name: z.string().min(1).max(100) })).output(annotatorSchema),
  relocate: procedure
    .input(z.object({ source: sourceSchema.shape.id, root: z.string().min(1) }))
    .output(z.object({ found: z.number().int(), missing: z.number().int() })),
  verify: procedure.output(verifyReportSchema),
  /** Folders, projects and label files in a folder; the home folder when `path` is null. */
  browse: procedure.input(z.object({ path: z.string().nullable() })).output(
    z.object({
      path: z.string(),
      parent: z.string().nullable(),
      /** Supported image files directly in it. */
      images: z.number().int(),
      entries: z.array(folderEntrySchema),
    }),
  ),
  /** Writes every unit with its current label and prediction as CSV. */
  exportCsv: procedure
    .input(z.object({ file: z.string().min(1) }))
    .output(z.object({ rows: z.number().int(), file: z.string() })),
};
