/** How an image is shown, never how it is stored. Both −100 … 100, 0 as recorded. */
export interface Display {
  readonly brightness: number;
  readonly contrast: number;
}

export const asRecorded: Display = { brightness: 0, contrast: 0 };

/** Steps that double or halve: ±50 is a factor of 2, ±100 one of 4, so both directions feel alike. */
function gain(setting: number): number {
  return Math.round(2 ** (setting / 50) * 1000) / 1000;
}

/** The CSS filter that shows it; the compositor applies it without touching pixels in script. */
export function displayFilter(display: Display): string {
  if (display.brightness === 0 && display.contrast === 0) return 'none';
  return `brightness(${gain(display.brightness)}) contrast(${gain(display.contrast)})`;
}
