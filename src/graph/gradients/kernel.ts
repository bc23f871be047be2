import type { Window } from '../shapes/windows.ts';

/** All positions of a kernel, the last axis fastest. */
export function kernelPositions(windows: readonly Window[]): readonly (readonly number[])[] {
  return windows.reduce<readonly (readonly number[])[]>(
    (found, { kernel }) =>
      found.flatMap((position) => Array.from({ length: kernel }, (_, i) => [...position, i])),
    [[]],
  );
}

/** What one position of a kernel sees of a padded input [N, C, …] at its `outSizes` stops, as a range of Slice. */
export function seenBy(position: readonly number[], windows: readonly Window[], outSizes: readonly number[]) {
  const starts = windows.map(({ dilation }, axis) => (position[axis] ?? 0) * dilation);
  return {
    axes: windows.map((_, axis) => axis + 2),
    starts,
    ends: windows.map(({ stride }, axis) => (starts[axis] ?? 0) + ((outSizes[axis] ?? 0) - 1) * stride + 1),
    steps: windows.map(({ stride }) => stride),
  };
}
