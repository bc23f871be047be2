import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { cellTint, strongestTint } from './matrix-tint.ts';

type Rgb = readonly number[];

function rgb(hex: string): Rgb {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

/** WCAG 2 relative luminance. */
function luminance(colour: Rgb): number {
  const [r = 0, g = 0, b = 0] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: Rgb, b: Rgb): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((p, q) => q - p);
  return (light + 0.05) / (dark + 0.05);
}

/** The colours of both themes, as the style sheet says them. */
function themes(): Record<string, string>[] {
  const css = readFileSync(new URL('../../app/theme.css', import.meta.url), 'utf8');
  const blocks = [...css.matchAll(/^:root[^{]*\{([^}]*)\}/gm)].map(([, body = '']) => body);
  return blocks.map((body) =>
    Object.fromEntries(
      [...body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
    ),
  );
}

it('keeps the number on every cell readable, in both themes', () => {
  const [light, dark] = themes();
  expect(light).not.toEqual(dark);
  for (const theme of [light!, dark!]) {
    for (let tint = 0; tint <= strongestTint; tint += 1) {
      const warn = rgb(theme['warn']!);
      const cell = rgb(theme['surface-1']!).map((part, at) => part + ((warn[at]! - part) * tint) / 100);
      expect(contrast(cell, rgb(theme['text']!))).toBeGreaterThanOrEqual(4.5);
    }
  }
});

it('tints by the share of the row: nothing for none, something for little, all of it for all', () => {
  expect(cellTint(0, 100)).toBe(0);
  expect(cellTint(3, 0)).toBe(0);
  expect(cellTint(1, 1000)).toBeGreaterThanOrEqual(6);
  expect(cellTint(100, 100)).toBe(strongestTint);
  expect(cellTint(25, 100)).toBeGreaterThan(cellTint(5, 100));
});
