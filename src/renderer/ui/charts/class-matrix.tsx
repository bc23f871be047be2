import type { CSSProperties } from 'react';
import type { Class } from '#core/records/class.ts';
import styles from './class-matrix.module.css';
import { cellTint } from './matrix-tint.ts';

export type MatrixClass = Pick<Class, 'id' | 'name' | 'colour'>;

/** A cell by the positions of its classes. */
export interface Cell {
  readonly row: number;
  readonly column: number;
  readonly value: number;
}

export interface ClassMatrixProps {
  readonly caption: string;
  readonly rowAxis: string;
  readonly columnAxis: string;
  readonly items: readonly MatrixClass[];
  /** Rows × columns, in the order of `items`; null where a cell makes no sense. */
  readonly values: readonly (readonly (number | null)[])[];
  readonly format: (value: number) => string;
  /** What opening a cell shows, read aloud and on hover. */
  readonly describe: (cell: Cell) => string;
  readonly onOpen: (cell: Cell) => void;
}

function ClassName({ item }: { readonly item: MatrixClass }) {
  return (
    <span className={styles.name}>
      <span className={styles.swatch} style={{ backgroundColor: item.colour }} />
      <span className={styles.text} title={item.name}>
        {item.name}
      </span>
    </span>
  );
}

interface MatrixCellProps extends Pick<ClassMatrixProps, 'format' | 'describe' | 'onOpen'> {
  readonly cell: Cell;
  readonly rowTotal: number;
}

function MatrixCell({ cell, rowTotal, format, describe, onOpen }: MatrixCellProps) {
  const isDiagonal = cell.row === cell.column;
  const style = { '--tint': `${cellTint(cell.value, rowTotal)}%` } as CSSProperties;
  const kind = isDiagonal ? styles.diagonal : styles.other;
  if (cell.value <= 0) {
    return (
      <td className={kind}>
        <span className={styles.empty}>·</span>
      </td>
    );
  }
  const words = describe(cell);
  return (
    <td className={kind} style={style}>
      <button
        type="button"
        className={styles.open}
        title={words}
        aria-label={words}
        onClick={() => onOpen(cell)}
      >
        {format(cell.value)}
      </button>
    </td>
  );
}

/** A table of class against class. Stronger tint is a larger share of the row; the number is always there. */
export function ClassMatrix(props: ClassMatrixProps) {
  const { caption, rowAxis, columnAxis, items, values, ...cellProps } = props;
  const totals = values.map((row) => row.reduce<number>((sum, value) => sum + (value ?? 0), 0));
  return (
    <div className={styles.scroll} tabIndex={0} role="group" aria-label={caption}>
      <table className={styles.matrix} data-many={items.length > 8 || undefined}>
        <caption className={styles.caption}>{caption}</caption>
        <thead>
          <tr>
            <td />
            <th className={styles.axis} colSpan={items.length} scope="colgroup">
              {columnAxis}
            </th>
          </tr>
          <tr>
            <th className={styles.rowAxis} scope="col">
              {rowAxis}
            </th>
            {items.map((item) => (
              <th key={item.id} className={styles.column} scope="col">
                <ClassName item={item} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item, row) => (
            <tr key={item.id}>
              <th className={styles.row} scope="row">
                <ClassName item={item} />
              </th>
              {items.map((other, column) => (
                <MatrixCell
                  key={other.id}
                  cell={{ row, column, value: values[row]?.[column] ?? 0 }}
                  rowTotal={totals[row] ?? 0}
                  {...cellProps}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
