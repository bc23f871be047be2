/** A line of the table: what was measured, what it should be, and how it compares with a baseline of the same run. */
export interface Row {
  readonly what: string;
  readonly target: string;
  readonly measured: string;
  /** Multiple of the baseline, with its name. */
  readonly ratio: string;
  /** Null where there is nothing to reach. */
  readonly isMet: boolean | null;
}

/** A row without a target. */
export function figure(what: string, measured: string, ratio = ''): Row {
  return { what, target: '', measured, ratio, isMet: null };
}

/** The rows as a Markdown table. */
export function table(rows: readonly Row[]): string {
  const lines = rows.map(({ what, target, measured, ratio, isMet }) => {
    const met = isMet === null ? '' : isMet ? 'yes' : '**no**';
    return `| ${what} | ${target} | ${measured} | ${met} | ${ratio} |`;
  });
  const head = [
    '| what | target | measured | met | beside a baseline of the same run |',
    '| --- | --- | --- | --- | --- |',
  ];
  return [...head, ...lines].join('\n');
}

/** Value below which this share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
