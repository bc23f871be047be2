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
  return (
    <>
      <svg className={styles.ticks} aria-hidden="true">
        {ticks(domain).map((value) => (
          <g key={value}>
            <line
              className={styles.tick}
              x1={`${along(domain, value)}%`}
              x2={`${along(domain, value)}%`}
              y1="0"
              y2="4"
            />
            <text className={styles.tickText} x={`${along(domain, value)}%`} y="16" textAnchor="middle">
              {formatCount(value * 100)}
            </text>
          </g>
        ))}
      </svg>
      <span className={styles.axisName}>{name}</span>
    </>
  );
}
