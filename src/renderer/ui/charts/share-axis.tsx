import { formatCount } from '../../i18n/format.ts';
import { along, ticks, type Domain } from './axis.ts';
import styles from './interval-mark.module.css';

export interface ShareAxisProps {
  readonly domain: Domain;
  /** What is measured, with its unit: the numbers are percentages without their sign. */
  readonly name: string;
}

/** The numbers under interval marks of the same domain, and what they are. */
export function ShareAxis({ domain, name }: ShareAxisProps) {
  const all = ticks(domain);
  const anchor = (at: number) => (at === 0 ? 'start' : at === all.length - 1 ? 'end' : 'middle');
  return (
    <>
      <svg className={styles.ticks} aria-hidden="true">
        {all.map((value, at) => (
          <g key={value}>
            <line
              className={styles.tick}
              x1={`${along(domain, value)}%`}
              x2={`${along(domain, value)}%`}
              y1="0"
              y2="4"
            />
            <text className={styles.tickText} x={`${along(domain, value)}%`} y="16" textAnchor={anchor(at)}>
              {formatCount(value * 100)}
            </text>
          </g>
        ))}
      </svg>
      <span className={styles.axisName}>{name}</span>
    </>
  );
}
