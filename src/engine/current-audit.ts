import { z } from 'zod';
import { estimateSchema } from '#contract/estimate.ts';
import type { ProjectStore } from '#store/project-store.ts';

/** What the suspects in the caches rest on. */
const auditSchema = z.object({
  /** The model whose predictions judged the labels. */
  model: z.string(),
  /** When it ended (ms). */
  at: z.number(),
  seconds: z.number(),
  estimatedErrors: estimateSchema,
  /** Whether networks that never saw a label judged it, not only heads on fixed embeddings. */
  isDeep: z.boolean(),
});
export type AuditAbout = z.infer<typeof auditSchema>;

/** What the suspects that are shown rest on; null before the first audit. */
export async function currentAudit(store: ProjectStore): Promise<AuditAbout | null> {
  const row = await store.db
    .selectFrom('cache.meta')
    .select('value')
    .where('key', '=', 'audit')
    .executeTakeFirst();
  return row ? auditSchema.parse(JSON.parse(row.value)) : null;
}
