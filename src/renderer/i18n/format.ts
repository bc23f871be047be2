import i18next from 'i18next';

const cache = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>();

function cached<T extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>(
  name: string,
  make: (locale: string) => T,
): T {
  const key = `${i18next.language} ${name}`;
  const known = cache.get(key) as T | undefined;
  if (known !== undefined) return known;
  const made = make(i18next.language);
  cache.set(key, made);
  return made;
}

/** A whole number with its thousands apart: `88,214`. */
export function formatCount(value: number): string {
  return cached('count', (locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })).format(
    value,
  );
}

/** Named values for a text, their numbers with thousands apart. */
export function formattedCounts(values: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number' ? formatCount(value) : value,
    ]),
  );
}

/** A share of one as a percentage: `96.2 %` with one digit, `96 %` with none. */
export function formatPercent(share: number, digits = 0): string {
  const number = cached(
    `percent${digits}`,
    (locale) =>
      new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  ).format(share * 100);
  return `${number}\u202f%`;
}

/** A share as it is said: what is not nothing is not called 0 %. */
export function formatShare(share: number): string {
  return share > 0 && share < 0.005 ? `<${formatPercent(0.01)}` : formatPercent(share);
}

/** A difference of shares in percentage points, always with its sign: `+1.8`. */
export function formatPoints(difference: number): string {
  const text = cached(
    'points',
    (locale) =>
      new Intl.NumberFormat(locale, {
        minimumFractionDigits: 1,
        maximumFractionDigits: 1,
        signDisplay: 'exceptZero',
      }),
  ).format(difference * 100);
  return text.replace('-', '−');
}

/** A number with so many decimal places. */
export function formatDecimal(value: number, digits: number): string {
  return cached(
    `decimal${digits}`,
    (locale) =>
      new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  ).format(value);
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** The size of a file. */
export function formatBytes(bytes: number): string {
  const step = Math.min(3, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1000)));
  const unit = byteUnits[step] ?? 'byte';
  return cached(
    unit,
    (locale) =>
      new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: step > 1 ? 1 : 0 }),
  ).format(bytes / 1000 ** step);
}

/** How long something takes: `12 s`, `3 min`, `2.5 h`. */
export function formatDuration(seconds: number): string {
  const [value, unit] =
    seconds < 90
      ? ([seconds, 'second'] as const)
      : seconds < 5400
        ? ([seconds / 60, 'minute'] as const)
        : ([seconds / 3600, 'hour'] as const);
  const digits = unit === 'hour' || (unit === 'second' && value < 10) ? 1 : 0;
  return cached(
    `${unit}${digits}`,
    (locale) => new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: digits }),
  ).format(value);
}

/** Date and time of day, short. */
export function formatTime(time: number): string {
  return cached(
    'time',
    (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }),
  ).format(time);
}

/** The time of day. */
export function formatClock(time: number): string {
  return cached('clock', (locale) => new Intl.DateTimeFormat(locale, { timeStyle: 'short' })).format(time);
}

/** The day in words. */
export function formatDay(time: number): string {
  return cached('day', (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'full' })).format(time);
}

const steps = [
  ['minute', 60],
  ['hour', 3600],
  ['day', 86_400],
  ['week', 604_800],
  ['month', 2_629_800],
  ['year', 31_557_600],
] as const;

/** How long ago something was: `3 hours ago`. */
export function formatAgo(time: number, now: number): string {
  const seconds = Math.max(0, (now - time) / 1000);
  const [unit, length] = steps.findLast(([, length]) => seconds >= length) ?? ['minute', 60];
  return cached('ago', (locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })).format(
    -Math.floor(seconds / length),
    unit,
  );
}
