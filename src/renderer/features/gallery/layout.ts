/** How tiles are laid out: rows that fill the width, all about as high as asked for. */
export interface LayoutOptions {
  readonly width: number;
  readonly rowHeight: number;
  readonly gap: number;
  /** Room below each picture for its line and caption. */
  readonly caption: number;
}

/** A row of tiles: the images from `start` up to but not including `end`. */
export interface Row {
  readonly start: number;
  readonly end: number;
  readonly top: number;
  /** Of the picture and its caption. */
  readonly height: number;
}

export interface Layout {
  readonly rows: readonly Row[];
  /** Left edge and width of each tile, in pixels. */
  readonly lefts: Float32Array;
  readonly widths: Float32Array;
  /** Row of each tile. */
  readonly rowOf: Int32Array;
  readonly height: number;
}

// Very wide or tall pictures are shown in a tile of at most this shape, with bars.
const aspectLimits = { min: 0.4, max: 3.2 };

/** Width ÷ height of the tile of an image. */
export function tileAspect(aspect: number): number {
  return Math.min(aspectLimits.max, Math.max(aspectLimits.min, aspect));
}

/** Whether one more tile makes the row's height come closer to what is asked for. */
function takesOneMore(sum: number, aspect: number, ideal: number): boolean {
  return sum === 0 || Math.abs(sum + aspect - ideal) <= Math.abs(sum - ideal);
}

/** Lays out tiles with these shapes. Linear in their number: 100,000 take a few milliseconds. */
export function justify(aspects: readonly number[], options: LayoutOptions): Layout {
  const { width, rowHeight, gap, caption } = options;
  const rows: Row[] = [];
  const lefts = new Float32Array(aspects.length);
  const widths = new Float32Array(aspects.length);
  const rowOf = new Int32Array(aspects.length);
  let top = 0;
  for (let start = 0; start < aspects.length;) {
    let sum = 0;
    let end = start;
    for (; end < aspects.length; end++) {
      const aspect = tileAspect(aspects[end] ?? 1);
      const ideal = (width - (end - start) * gap) / rowHeight;
      if (!takesOneMore(sum, aspect, ideal)) break;
      sum += aspect;
    }
    const filled = (width - (end - start - 1) * gap) / sum;
    // The last row is not stretched, and one wide picture is not blown up.
    const pictureHeight =
      end === aspects.length ? Math.min(filled, rowHeight) : Math.min(filled, rowHeight * 1.6);
    let left = 0;
    for (let index = start; index < end; index++) {
      widths[index] = pictureHeight * tileAspect(aspects[index] ?? 1);
      lefts[index] = left;
      rowOf[index] = rows.length;
      left += (widths[index] ?? 0) + gap;
    }
    rows.push({ start, end, top, height: pictureHeight + caption });
    top += pictureHeight + caption + gap;
    start = end;
  }
  return { rows, lefts, widths, rowOf, height: Math.max(0, top - gap) };
}

/** The row that is at (or next below) a height; -1 without rows. */
export function rowAt(layout: Layout, y: number): number {
  let low = 0;
  let high = layout.rows.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = layout.rows[middle];
    if (row !== undefined && row.top + row.height < y) low = middle + 1;
    else high = middle;
  }
  return high;
}

export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The tiles that a rectangle touches, in order. */
export function tilesIn(layout: Layout, area: Rectangle): number[] {
  const found: number[] = [];
  for (let index = Math.max(0, rowAt(layout, area.top)); index < layout.rows.length; index++) {
    const row = layout.rows[index];
    if (row === undefined || row.top > area.bottom) break;
    if (row.top + row.height < area.top) continue;
    for (let tile = row.start; tile < row.end; tile++) {
      const left = layout.lefts[tile] ?? 0;
      if (left <= area.right && left + (layout.widths[tile] ?? 0) >= area.left) found.push(tile);
    }
  }
  return found;
}

/** The tile at a point, or -1 between tiles. */
export function tileAt(layout: Layout, x: number, y: number): number {
  return tilesIn(layout, { left: x, right: x, top: y, bottom: y })[0] ?? -1;
}

export type Direction = 'left' | 'right' | 'up' | 'down' | 'pageUp' | 'pageDown' | 'first' | 'last';

function nearestInRow(layout: Layout, row: Row | undefined, center: number): number | null {
  if (row === undefined) return null;
  let best: number | null = null;
  let bestDistance = Infinity;
  for (let tile = row.start; tile < row.end; tile++) {
    const distance = Math.abs((layout.lefts[tile] ?? 0) + (layout.widths[tile] ?? 0) / 2 - center);
    if (distance < bestDistance) [best, bestDistance] = [tile, distance];
  }
  return best;
}

/** The tile that a key goes to from a tile; the same at the borders. `pageRows` rows make a screen. */
export function neighbourTile(
  layout: Layout,
  from: number,
  step: { to: Direction; pageRows: number },
): number {
  const count = layout.lefts.length;
  if (step.to === 'first') return 0;
  if (step.to === 'last') return count - 1;
  if (step.to === 'left') return Math.max(0, from - 1);
  if (step.to === 'right') return Math.min(count - 1, from + 1);
  const rows = { up: -1, down: 1, pageUp: -step.pageRows, pageDown: step.pageRows }[step.to];
  const wanted = (layout.rowOf[from] ?? 0) + rows;
  const row = layout.rows[Math.min(layout.rows.length - 1, Math.max(0, wanted))];
  const center = (layout.lefts[from] ?? 0) + (layout.widths[from] ?? 0) / 2;
  return nearestInRow(layout, row, center) ?? from;
}
