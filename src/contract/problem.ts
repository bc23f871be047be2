import { oc } from '@orpc/contract';
import { z } from 'zod';
import { problemCodes } from '#base/problem.ts';

/** An expected failure as it travels: see `Problem` in base. */
export const problemSchema = z.object({
  code: z.enum(problemCodes),
  subject: z.string(),
  reason: z.string(),
});

/** Every procedure starts from here: a failure that is to be expected arrives as a typed `PROBLEM` error. */
export const procedure = oc.errors({ PROBLEM: { data: problemSchema } });
