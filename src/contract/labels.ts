import { z } from 'zod';
import { classIdSchema, unitIdSchema } from '#core/ids.ts';
import { classSchema } from '#core/records/class.ts';
import { startedSchema } from './job.ts';
import { procedure } from './problem.ts';

/** Every procedure that changes the project answers once its journal row is on disk. */
export const committedSchema = z.object({
  /** The journal row that is now on disk. */
  seq: z.number().int(),
  /** Records changed. */
  changed: z.number().int(),
});
export type Committed = z.infer<typeof committedSchema>;

export const labelProcedures = {
  /** Gives one class to many units, by the current annotator; null takes every label off them. */
  set: procedure
    .input(z.object({ units: z.array(unitIdSchema).min(1), class: classIdSchema.nullable() }))
    .output(committedSchema),
  /** Labels images from a CSV `path,label[,annotator,time,group,split]`, paths relative to a source's root. */
  importCsv: procedure
    .input(z.object({ file: z.string().min(1), annotator: z.string().min(1).max(100).nullable() }))
    .output(startedSchema),
  /** Labels units with what the current model predicts for them. */
  acceptPredictions: procedure
    .input(z.object({ units: z.array(unitIdSchema).min(1) }))
    .output(committedSchema),
};

const classEdit = classSchema.pick({ name: true, colour: true, hotkey: true, parent: true });

export const classProcedures = {
  /** All classes by position, with how many units carry each now. */
  list: procedure.output(z.array(classSchema.extend({ units: z.number().int() }))),
  create: procedure.input(classEdit.partial().required({ name: true })).output(classSchema),
  update: procedure
    .input(z.object({ id: classIdSchema, change: classEdit.partial() }))
    .output(committedSchema),
  /** The complete new order. */
  reorder: procedure.input(z.object({ ids: z.array(classIdSchema) })).output(committedSchema),
  /** Gives all labels of `from` to `into` and removes `from`; one undoable action. */
  merge: procedure.input(z.object({ from: classIdSchema, into: classIdSchema })).output(committedSchema),
  /** Removes a class that no label uses. */
  remove: procedure.input(z.object({ id: classIdSchema })).output(committedSchema),
};
