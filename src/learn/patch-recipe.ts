/** How one scale of a patch dictionary is applied. */
export interface ScaleRecipe {
  /** The image is shrunk by this factor first. */
  readonly shrink: number;
  /** Pixels from one position of the filters to the next. */
  readonly stride: number;
  /** An even number: every filter comes with its mirror image. */
  readonly filters: number;
  /** Responses are averaged in grid × grid cells. */
  readonly grid: number;
}

/** Everything that is decided before an image is seen. */
export interface PatchRecipe {
  /** Side of a patch, in pixels of its scale. */
  readonly side: number;
  readonly scales: readonly ScaleRecipe[];
  /** Patches that the filters of a scale are learned from. */
  readonly patches: number;
  /** Rounds of clustering. */
  readonly rounds: number;
  /** Added to a patch's standard deviation, in grey levels. */
  readonly contrastFloor: number;
  /** Added to every variance before whitening, as a share of the mean variance. */
  readonly whiteningFloor: number;
  /** Responses nearer to 0 than this count as 0; 1 is a typical response. */
  readonly threshold: number;
  /** What is left of the difference between an image and its mirror image: 1 all, 0 none. */
  readonly mirrorContrast: number;
  /** Length of an embedding, at most. */
  readonly dim: number;
  /** Components are divided by (variance + floor)^power: 0 = plain principal components, 0.5 = whitened. */
  readonly whiteningPower: number;
  /** That floor, as a share of the largest variance. */
  readonly componentFloor: number;
}

/** The recipe of the built-in backbone. docs/backbone.md says what else was tried, and what it gave. */
export const builtInRecipe: PatchRecipe = {
  side: 6,
  scales: [
    { shrink: 1, stride: 2, filters: 256, grid: 2 },
    { shrink: 2, stride: 1, filters: 192, grid: 2 },
    { shrink: 4, stride: 1, filters: 112, grid: 2 },
  ],
  patches: 40_000,
  rounds: 10,
  contrastFloor: 20,
  whiteningFloor: 0.1,
  threshold: 1,
  mirrorContrast: 0.2,
  dim: 512,
  whiteningPower: 0.25,
  componentFloor: 0.01,
};
