import { along, type Domain } from './axis.ts';
import { domainOf, spreadOut } from './nice-axis.ts';
import styles from './series-plot.module.css';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What is drawn of one thing over another. */
export interface Series {
  readonly id: string;
  /** Rising in x. */
  readonly points: readonly Point[];
  /** The one that is looked at stands out. */
  readonly isCurrent: boolean;
  /** Said at its last point. */
  readonly label?: string | undefined;
}

export interface Axis {
  readonly name: string;
  /** Rising. */
  readonly ticks: readonly number[];
  /** Where the axis ends; the last tick unless given. */
  readonly to?: number | undefined;
  readonly format: (value: number) => string;
}

export interface SeriesPlotProps {
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  /** A dot for each point rather than a line: few measurements rather than many. */
  readonly hasDots?: boolean;
  /** A value to compare with, as a line across with its name. */
  readonly reference?: { readonly value: number; readonly label: string } | undefined;
  /** The same in words, for people who cannot see it. */
  readonly label: string;
}

/** Least distance of two labels, as a share of the plot's height in percent. */
const labelGap = 10;

const percent = (value: number): string => `${value.toFixed(2)}%`;

/** Lines or dots over an axis, named where they end. As wide as its place and always as high. */
export function SeriesPlot(props: SeriesPlotProps) {
  const { x, y, series, hasDots = false, reference, label } = props;
  const place = placing(domainOf(x), domainOf(y));
  return (
    <figure className={styles.plot}>
      <figcaption className={styles.name}>{y.name}</figcaption>
      <svg className={styles.area} role="img" aria-label={label}>
        <Axes x={x} y={y} place={place} />
        {reference !== undefined && (
          <line
            className={styles.reference}
            x1="0"
            x2="100%"
            y1={percent(place({ x: 0, y: reference.value }).y)}
            y2={percent(place({ x: 0, y: reference.value }).y)}
          />
        )}
        {series.map((each) => (
          <Drawn key={each.id} series={each} hasDots={hasDots} place={place} />
        ))}
        <Labels series={series} reference={reference} place={place} />
      </svg>
      <span className={styles.axisName}>{x.name}</span>
    </figure>
  );
}

/** Where a point lies, in percent from the left and the top. */
type Place = (point: Point) => Point;

function placing(x: Domain, y: Domain): Place {
  return (point) => ({ x: along(x, point.x), y: 100 - along(y, point.y) });
}

function Axes({ x, y, place }: Pick<SeriesPlotProps, 'x' | 'y'> & { readonly place: Place }) {
  const [left = 0, bottom = 0] = [x.ticks[0], y.ticks[0]];
  return (
    <>
      {y.ticks.map((tick) => {
        const at = percent(place({ x: left, y: tick }).y);
        return (
          <g key={tick}>
            <line className={styles.grid} x1="0" x2="100%" y1={at} y2={at} />
            <text className={styles.text} x="-8" y={at} dy="4" textAnchor="end">
              {y.format(tick)}
            </text>
          </g>
        );
      })}
      {x.ticks.map((tick) => {
        if (tick > (x.to ?? Infinity)) return null;
        const at = percent(place({ x: tick, y: bottom }).x);
        return (
          <text key={tick} className={styles.text} x={at} y="100%" dy="18" textAnchor="middle">
            {x.format(tick)}
          </text>
        );
      })}
    </>
  );
}

interface DrawnProps {
  readonly series: Series;
  readonly hasDots: boolean;
  readonly place: Place;
}

function Drawn({ series, hasDots, place }: DrawnProps) {
  const places = series.points.map(place);
  const isCurrent = series.isCurrent || undefined;
  const path = places.map((at) => `${at.x.toFixed(2)},${at.y.toFixed(2)}`).join(' ');
  return (
    <g data-current={isCurrent} data-points={places.length}>
      {/* A line needs plain numbers: its own coordinates run from 0 to 100 both ways. */}
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100%" overflow="visible">
        <polyline className={styles.line} data-thin={hasDots || undefined} points={path} />
      </svg>
      {hasDots &&
        places.map((at) => (
          <circle key={at.x} className={styles.dot} cx={percent(at.x)} cy={percent(at.y)} r="3.5" />
        ))}
    </g>
  );
}

function Labels({
  series,
  reference,
  place,
}: Pick<SeriesPlotProps, 'series' | 'reference'> & { readonly place: Place }) {
  const ends = series.flatMap(({ id, points, label, isCurrent }) => {
    const last = points.at(-1);
    if (label === undefined || last === undefined) return [];
    return [{ id, label, isCurrent, ...place(last) }];
  });
  if (reference !== undefined) {
    const { value, label } = reference;
    ends.push({ id: 'reference', label, isCurrent: false, x: 100, y: place({ x: 0, y: value }).y });
  }
  const heights = spreadOut(
    ends.map(({ y }) => y),
    labelGap,
  );
  return ends.map(({ id, label, isCurrent, x }, at) => (
    <text
      key={id}
      className={styles.label}
      data-current={isCurrent || undefined}
      x={percent(x)}
      y={percent(heights[at] ?? 0)}
      dx="8"
      dy="4"
    >
      {label}
    </text>
  ));
}
