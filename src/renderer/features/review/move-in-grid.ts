/** Where the focus is in a grid that fills row by row. */
export interface GridFocus {
  /** −1 while nothing in the grid has the focus. */
  readonly at: number;
  readonly count: number;
  readonly columns: number;
}

/** Where an arrow key moves the focus, or null when it moves nothing. */
export function moveInGrid(key: string, { at, count, columns }: GridFocus): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
  };
  const step = steps[key];
  if (step === undefined || count === 0) return null;
  if (at < 0) return 0;
  const target = at + step;
  return target < 0 || target >= count ? null : target;
}
