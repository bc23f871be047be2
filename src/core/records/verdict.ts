import { z } from 'zod';
import { annotatorIdSchema, classIdSchema, unitIdSchema } from '../ids.ts';

/** What a person decided about a suspect. */
export const decisions = ['accepted', 'kept', 'changed', 'unsure'] as const;
export const decisionSchema = z.enum(decisions);
export type Decision = z.infer<typeof decisionSchema>;

/** The outcome of looking at one suspect, with the evidence it rested on; one per unit, the newest counts. */
export const verdictSchema = z.object({
  /** The unit's id: a unit has one verdict. */
  id: unitIdSchema,
  annotator: annotatorIdSchema,
  decision: decisionSchema,
  /** The label that was doubted, and what the audit suggested instead. */
  given: classIdSchema,
  suggested: classIdSchema,
  /** The audit's score at that moment: 0–1, low = suspect. */
  score: z.number().min(0).max(1),
  time: z.number().int(),
});
export type Verdict = z.infer<typeof verdictSchema>;

/** A kept label is shown again when its score fell by this much since, or when another class is suggested. */
export const evidenceChange = 0.1;

/** Whether evidence has moved enough since the verdict to ask the person again. */
export function hasNewEvidence(
  verdict: Pick<Verdict, 'given' | 'suggested' | 'score'>,
  now: Pick<Verdict, 'given' | 'suggested' | 'score'>,
): boolean {
  if (now.given !== verdict.given) return true;
  return now.suggested !== verdict.suggested || now.score <= verdict.score - evidenceChange;
}
