/**
 * Twelve hues that stay apart for colour-blind eyes and on both themes: Okabe & Ito's seven colours beside black and
 * five of Paul Tol's "muted" set.
 */
export const classPalette = [
  '#e69f00',
  '#56b4e9',
  '#009e73',
  '#d55e00',
  '#cc79a7',
  '#0072b2',
  '#f0e442',
  '#88ccee',
  '#44aa99',
  '#aa4499',
  '#999933',
  '#cc6677',
] as const;

/** The first colour that no class has yet; from the beginning again when all are taken. */
export function freeColour(taken: readonly string[]): string {
  const free = classPalette.find((colour) => !taken.includes(colour));
  return free ?? classPalette[taken.length % classPalette.length] ?? classPalette[0];
}

const digitKeys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] as const;

/** The first digit key that no class uses yet, or null when all ten are taken. */
export function freeHotkey(taken: ReadonlySet<string | null>): string | null {
  return digitKeys.find((key) => !taken.has(key)) ?? null;
}
