import { sql, type RawBuilder } from 'kysely';
import { evidenceChange } from '#core/records/verdict.ts';

/**
 * SQL for `hasNewEvidence` of core: true for a suspect that nobody decided about, or whose evidence changed since.
 * For queries that join `cache.suspect` as `suspect` and left-join `verdict`.
 */
export const isOpenSuspect: RawBuilder<boolean> = sql`(
  verdict.id IS NULL OR verdict.given <> suspect.given OR verdict.suggested <> suspect.suggested
  OR suspect.score <= verdict.score - ${sql.lit(evidenceChange)}
)`;
