import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';

/** Grey bars where a list is about to be. */
export function SkeletonRows({
  count,
  height = 28,
}: {
  readonly count: number;
  readonly height?: number;
}): ReactNode {
  return (
    <div aria-hidden style={{ display: 'grid', gap: 8 }}>
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={index} height={height} width={`${100 - ((index * 37) % 45)}%`} />
      ))}
    </div>
  );
}
