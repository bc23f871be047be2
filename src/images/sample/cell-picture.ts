/** The kinds of cell that the sample project draws. */
export const cellKinds = [
  'neutrophil',
  'lymphocyte',
  'monocyte',
  'eosinophil',
  'platelet clump',
  'basophil',
] as const;
export type CellKind = (typeof cellKinds)[number];

/** Everything that decides what one picture shows; equal descriptions give equal pixels. */
export interface CellPicture {
  readonly kind: CellKind;
  /** Two looks within a kind, for example the small round monocyte. */
  readonly variant: 'typical' | 'unusual';
  readonly seed: number;
  /** Side in pixels. */
  readonly sizePx: number;
}
