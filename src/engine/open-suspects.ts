import { sql, type RawBuilder } from 'kysely';
import { evidenceChange } from '#core/records/verdict.ts';

/**
 * SQL for a suspicion that waits for a decision: its suggestion still exists, and nobody decided about it, or its
 * evidence changed since (`hasNewEvidence` of core). For queries that join `cache.suspect` as `suspect` and left-join
 * `verdict`; how likely wrong a suspect is (`suspectFrom`), they say themselves.
 */
export const isOpenSuspect: RawBuilder<boolean> = sql`(
  EXISTS (SELECT 1 FROM class AS likely WHERE likely.id = suspect.suggested)
  AND (
    verdict.id IS NULL OR verdict.given <> suspect.given OR verdict.suggested <> suspect.suggested
    OR suspect.score <= verdict.score - ${sql.lit(evidenceChange)}
  )
)`;
