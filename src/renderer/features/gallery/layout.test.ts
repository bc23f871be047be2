import fc from 'fast-check';
import { expect, test } from 'vitest';
import { justify, neighbourTile, rowAt, tileAspect, tileAt, tilesIn } from './layout.ts';

const options = { width: 1000, rowHeight: 120, gap: 4, caption: 18 };
const shapes = fc.array(fc.double({ min: 0.1, max: 8, noNaN: true }), { minLength: 1, maxLength: 200 });

test('every image has one place, rows fill the width and do not overlap', () => {
  fc.assert(
    fc.property(shapes, (aspects) => {
      const layout = justify(aspects, options);
      let next = 0;
      let bottom = -Infinity;
      layout.rows.forEach((row, index) => {
        expect(row.start).toBe(next);
        expect(row.end).toBeGreaterThan(row.start);
        expect(row.top).toBeGreaterThanOrEqual(bottom);
        next = row.end;
        bottom = row.top + row.height;
        const last = row.end - 1;
        const right = layout.lefts[last]! + layout.widths[last]!;
        expect(right).toBeLessThanOrEqual(options.width + 0.5);
        const picture = row.height - options.caption;
        const isFull = index < layout.rows.length - 1 && picture < options.rowHeight * 1.6 - 1e-6;
        if (isFull) expect(right).toBeCloseTo(options.width, 0);
      });
      expect(next).toBe(aspects.length);
    }),
  );
});

test('pictures keep their shape and rows about the height asked for', () => {
  const aspects = Array.from({ length: 400 }, (_, index) => 0.6 + ((index * 7) % 13) / 10);
  const layout = justify(aspects, options);
  for (const row of layout.rows.slice(0, -1)) {
    const picture = row.height - options.caption;
    expect(picture).toBeGreaterThan(options.rowHeight * 0.75);
    expect(picture).toBeLessThan(options.rowHeight * 1.35);
    expect(layout.widths[row.start]! / picture).toBeCloseTo(tileAspect(aspects[row.start]!), 3);
  }
});

test('nothing to show has no height', () => {
  expect(justify([], options)).toMatchObject({ rows: [], height: 0 });
});

test('a point finds its tile, a rectangle all that it touches', () => {
  const layout = justify(
    Array.from({ length: 60 }, () => 1),
    options,
  );
  const perRow = layout.rows[0]!.end;
  expect(tileAt(layout, 10, 10)).toBe(0);
  expect(tileAt(layout, layout.lefts[3]! + 1, layout.rows[2]!.top + 1)).toBe(2 * perRow + 3);
  expect(tileAt(layout, layout.lefts[1]! - 1, 10)).toBe(-1);
  const two = { left: 0, right: layout.lefts[1]! + 1, top: 5, bottom: layout.rows[1]!.top + 5 };
  expect(tilesIn(layout, two)).toEqual([0, 1, perRow, perRow + 1]);
});

test('the row at a height', () => {
  const layout = justify(
    Array.from({ length: 60 }, () => 1),
    options,
  );
  layout.rows.forEach((row, index) => expect(rowAt(layout, row.top + 1)).toBe(index));
  expect(rowAt(layout, 1e9)).toBe(layout.rows.length - 1);
  expect(rowAt(justify([], options), 3)).toBe(-1);
});

test('arrows go to what is seen there', () => {
  const layout = justify(
    Array.from({ length: 30 }, () => 1),
    options,
  );
  const perRow = layout.rows[0]!.end;
  const go = (from: number, to: Parameters<typeof neighbourTile>[2]['to']): number =>
    neighbourTile(layout, from, { to, pageRows: 2 });
  expect(go(0, 'left')).toBe(0);
  expect(go(0, 'right')).toBe(1);
  expect(go(2, 'down')).toBe(perRow + 2);
  expect(go(perRow + 2, 'up')).toBe(2);
  expect(go(2, 'up')).toBe(2);
  expect(go(2, 'pageDown')).toBe(2 * perRow + 2);
  expect(go(7, 'last')).toBe(29);
  expect(go(29, 'right')).toBe(29);
});
