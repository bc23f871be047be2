import { useMemo } from 'react';
import { splits } from '#core/records/image.ts';
import { useClasses, useProject } from '../../state/queries.ts';
import type { Names } from './filter-tokens.ts';

/** What things are called in the project, for the filter bar. */
export function useNames(): Names {
  const classes = useClasses();
  const { data: project } = useProject();
  return useMemo(() => {
    const named = classes.map(({ id, name }) => [id, name] as const);
    return {
      classes: named,
      predicted: named,
      annotators: project?.annotators.map(({ id, name }) => [id, name] as const) ?? [],
      sources: project?.sources.map(({ id, name }) => [id, name] as const) ?? [],
      splits: splits.map((split) => [split, split] as const),
    };
  }, [classes, project]);
}
