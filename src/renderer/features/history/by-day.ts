/** Things of one calendar day, in the order they came. */
export interface Day<T> {
  /** A moment of that day. */
  readonly day: number;
  readonly entries: readonly T[];
}

/** Groups what is ordered by time into the days of the machine's own time zone. */
export function byDay<T extends { readonly time: number }>(entries: readonly T[]): Day<T>[] {
  const days: { day: number; entries: T[] }[] = [];
  for (const entry of entries) {
    const last = days.at(-1);
    const isSame =
      last !== undefined && new Date(last.day).toDateString() === new Date(entry.time).toDateString();
    if (isSame) last.entries.push(entry);
    else days.push({ day: entry.time, entries: [entry] });
  }
  return days;
}
