import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { recordKinds, type RecordKind } from '#core/records/records.ts';
import { jobSchema } from './job.ts';
import { procedure } from './problem.ts';

/** What the engine tells every window, so that it can fetch again what it shows. */
export const eventSchema = z.discriminatedUnion('type', [
  /** First of every stream: what the engine speaks. A window of another build loads itself anew. */
  z.object({ type: z.literal('hello'), protocol: z.number().int() }),
  /** The journal grew: records of these kinds changed. `seq` is on disk. */
  z.object({
    type: z.literal('changed'),
    seq: z.number().int(),
    kinds: z.array(z.enum(recordKinds as readonly [RecordKind, ...RecordKind[]])),
  }),
  /** A job started, moved on or ended. */
  z.object({ type: z.literal('job'), job: jobSchema }),
  /** There are new predictions, suspects and metrics. */
  z.object({ type: z.literal('model'), model: z.string().nullable() }),
  /** The training of a network moved on, or ended. */
  z.object({ type: z.literal('run') }),
  /** Another project is open, or none. */
  z.object({ type: z.literal('project'), folder: z.string().nullable() }),
]);
export type EngineEvent = z.infer<typeof eventSchema>;

export const eventProcedures = {
  /** All events from now on. */
  subscribe: procedure.output(eventIterator(eventSchema)),
};
