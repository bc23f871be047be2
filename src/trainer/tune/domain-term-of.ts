import type { JobOf } from '../job-context.ts';
import { coral } from '#graph/losses/coral.ts';
import type { DomainTerm } from '#graph/losses/domain-term.ts';
import { domainClassifier, reversedDomainLoss } from '#graph/losses/gradient-reversal.ts';

/** What keeps the domains of a job alike in embeddings [N, dim]; null where it names none. */
export function domainTermOf(domains: JobOf<'tune'>['domains'], dim: number): DomainTerm | null {
  if (domains === null) return null;
  const { kind, weight } = domains;
  const term = kind === 'coral' ? coral : reversedDomainLoss;
  return {
    add: (ops, values) => ops.mul(term(ops, values), weight),
    opponents: kind === 'coral' ? new Map() : domainClassifier(dim),
  };
}
