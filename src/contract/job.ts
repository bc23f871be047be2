import { z } from 'zod';
import { problemSchema, procedure } from './problem.ts';

/** The long-running work that is shown in the corner of the window, one heavy job at a time. */
export const jobKinds = [
  'add',
  'label',
  'sample',
  'embed',
  'train',
  'tune',
  'audit',
  'promote',
  'predict',
] as const;
export const jobKindSchema = z.enum(jobKinds);
export type JobKind = z.infer<typeof jobKindSchema>;

/** What a job does at the moment; every step has words in the catalogues of the window. */
export const jobSteps = [
  'waiting',
  'starting',
  // Adding images, and the sample.
  'list',
  'read',
  'draw',
  // Embeddings: fitting the built-in backbone, then running it.
  'backbone',
  'embed',
  // Training a head: reading embeddings, cross-validation, the head itself, and the audit of the labels.
  'gather',
  'folds',
  'head',
  'neighbours',
  'audit',
  'predict',
  // Training a network: what its untrained part makes of all images, then the training.
  'activations',
  'tune',
] as const;
export const jobStepSchema = z.enum(jobSteps);
export type JobStep = z.infer<typeof jobStepSchema>;

/** A file that was left out, and why. */
export const skippedSchema = z.object({ path: z.string(), reason: z.string() });
export type Skipped = z.infer<typeof skippedSchema>;

export const jobSchema = z.object({
  id: z.string(),
  kind: jobKindSchema,
  /** Nobody asked for it: it is told of only while it runs, and gives way to what somebody asks for. */
  isBackground: z.boolean(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  step: jobStepSchema,
  done: z.number().int().min(0),
  /** 0 while unknown. */
  total: z.number().int().min(0),
  startedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
  /** Numbers to tell when it is done, for example `{ images: 714, labels: 714 }`. */
  summary: z.record(z.string(), z.union([z.number(), z.string()])),
  skippedCount: z.number().int().min(0),
  problem: problemSchema.nullable(),
});
export type Job = z.infer<typeof jobSchema>;

/** The answer of every procedure that starts a job: watch it in the event stream. */
export const startedSchema = z.object({ job: z.string() });
export type Started = z.infer<typeof startedSchema>;

export const jobProcedures = {
  /** Waiting, running and recently ended jobs, newest first. */
  list: procedure.output(z.array(jobSchema)),
  /** Asks a job to stop; what it finished stays. */
  cancel: procedure.input(z.object({ job: z.string() })).output(z.object({ cancelled: z.boolean() })),
  /** The files that a job left out, with reasons. */
  skipped: procedure.input(z.object({ job: z.string() })).output(z.array(skippedSchema)),
};
