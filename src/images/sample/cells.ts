import type { Random } from '#base/random.ts';
import type { CellKind, CellPicture } from './cell-picture.ts';
import { blob, grains, noise, type Field } from './fields.ts';
import { kidneyNucleus, lobedNucleus, roundNucleus, type NucleusPlace } from './nuclei.ts';
import * as stain from './stains.ts';
import type { Stain } from './stains.ts';

/** Grains within the cytoplasm: 0–1 at each point. */
export interface Granules {
  readonly field: Field;
  readonly stain: Stain;
  readonly amount: number;
  /** How much of them lies over the nucleus. */
  readonly overNucleus: number;
}

/** What one white cell consists of; fields are distances to edges, negative inside. */
export interface Cell {
  readonly edge: Field;
  readonly cytoplasm: Stain;
  readonly cytoplasmAmount: number;
  readonly nucleus: Field;
  readonly nucleusAmount: number;
  /** Coarseness of the chromatin: size of its clumps, and how much lighter the gaps are. */
  readonly clump: number;
  readonly contrast: number;
  readonly granules: readonly Granules[];
  /** Share of the cytoplasm that is holes. */
  readonly vacuoles: Field | null;
}

const nothing: Field = () => 9;

type Build = (place: NucleusPlace, isUnusual: boolean) => Cell;

function cellEdge({ x, y, radius, random }: NucleusPlace, wobble: number): Field {
  return blob([x, y], radius, { random, wobble });
}

/** The nucleus sits off the centre of its cell. */
function shifted(place: NucleusPlace, share: number): NucleusPlace {
  const turn = 6.283 * place.random.next();
  const far = share * place.radius * place.random.next();
  return { ...place, x: place.x + far * Math.cos(turn), y: place.y + far * Math.sin(turn) };
}

/** Cells of one kind differ, and kinds run into each other: a number in between, anew for each cell. */
function between(random: Random, from: number, to: number): number {
  return from + (to - from) * random.next();
}

function mixed([a, b, c]: Stain, [d, e, f]: Stain, share: number): Stain {
  return [a + share * (d - a), b + share * (e - b), c + share * (f - c)];
}

function buildNeutrophil(place: NucleusPlace, isUnusual: boolean): Cell {
  const { random } = place;
  // The unusual one is hypersegmented: five small lobes. Some of the others have only two, like an eosinophil.
  const lobes = isUnusual ? 5 : random.next() < 0.15 ? 2 : 3 + random.int(2);
  const granule = mixed(stain.fineGranule, stain.orangeGranule, 0.4 * random.next() ** 2);
  const field = grains(random, between(random, 0.04, 0.062), 0.7);
  return {
    edge: cellEdge(place, 0.05),
    cytoplasm: mixed(stain.pinkCytoplasm, stain.greyCytoplasm, 0.5 * random.next() ** 2),
    cytoplasmAmount: between(random, 0.75, 1.05),
    nucleus: lobedNucleus(shifted(place, 0.1), lobes),
    nucleusAmount: between(random, 0.82, 1.05),
    clump: 0.06,
    contrast: 0.3,
    granules: [{ field, stain: granule, amount: between(random, 0.3, 0.7), overNucleus: 0.1 }],
    vacuoles: null,
  };
}

function buildLymphocyte(place: NucleusPlace, isUnusual: boolean): Cell {
  const { random } = place;
  // The unusual one is activated: larger, with more cytoplasm.
  const share = isUnusual ? between(random, 0.64, 0.76) : between(random, 0.75, 0.9);
  return {
    edge: cellEdge(place, isUnusual ? 0.09 : 0.05),
    cytoplasm: mixed(stain.blueCytoplasm, stain.greyCytoplasm, 0.8 * random.next() ** 2),
    cytoplasmAmount: between(random, 0.7, 1.1),
    nucleus: roundNucleus(shifted(place, isUnusual ? 0.24 : 0.12), share),
    nucleusAmount: between(random, 0.78, 1.12),
    clump: between(random, 0.06, 0.12),
    contrast: between(random, 0.22, 0.36),
    granules: [],
    vacuoles: null,
  };
}

function buildMonocyte(place: NucleusPlace, isUnusual: boolean): Cell {
  const { random } = place;
  // The unusual one is small with an almost round nucleus: easily taken for a lymphocyte.
  const isRound = isUnusual || random.next() < 0.12;
  const share = between(random, 0.62, 0.77);
  return {
    edge: cellEdge(place, isUnusual ? 0.05 : 0.1),
    cytoplasm: mixed(stain.greyCytoplasm, stain.blueCytoplasm, 0.6 * random.next() ** 2),
    cytoplasmAmount: between(random, 0.7, 1.05),
    nucleus: isRound ? roundNucleus(shifted(place, 0.22), share) : kidneyNucleus(shifted(place, 0.14)),
    nucleusAmount: isUnusual ? between(random, 0.58, 0.8) : between(random, 0.66, 0.9),
    clump: between(random, 0.045, 0.07),
    contrast: between(random, 0.32, 0.44),
    granules: [
      { field: grains(random, 0.04, 0.35), stain: stain.fineGranule, amount: 0.3, overNucleus: 0.1 },
    ],
    vacuoles: random.next() < 0.5 ? grains(random, 0.15, between(random, 0.1, 0.4)) : null,
  };
}

function buildEosinophil(place: NucleusPlace, isUnusual: boolean): Cell {
  const { random } = place;
  // The unusual one has lost most of its granules.
  const field = grains(random, between(random, 0.068, 0.086), isUnusual ? between(random, 0.2, 0.5) : 0.96);
  const granule = mixed(stain.orangeGranule, stain.fineGranule, 0.4 * random.next() ** 1.5);
  return {
    edge: cellEdge(place, 0.05),
    cytoplasm: stain.pinkCytoplasm,
    cytoplasmAmount: between(random, 0.75, 1),
    nucleus: lobedNucleus(shifted(place, 0.12), random.next() < 0.2 ? 3 : 2),
    nucleusAmount: between(random, 0.8, 1.02),
    clump: 0.07,
    contrast: 0.28,
    granules: [{ field, stain: granule, amount: between(random, 0.6, 1), overNucleus: 0.16 }],
    vacuoles: null,
  };
}

function buildBasophil(place: NucleusPlace, isUnusual: boolean): Cell {
  const { random } = place;
  return {
    edge: cellEdge(place, 0.06),
    cytoplasm: stain.greyCytoplasm,
    cytoplasmAmount: 0.75,
    nucleus: lobedNucleus(shifted(place, 0.12), 2),
    nucleusAmount: isUnusual ? 0.62 : 0.5,
    clump: 0.08,
    contrast: 0.25,
    granules: [
      {
        field: grains(random, 0.115, isUnusual ? 0.5 : 0.85),
        stain: stain.violetGranule,
        amount: 1,
        overNucleus: 0.85,
      },
    ],
    vacuoles: null,
  };
}

/** Fragments that stick together, or (unusual) a single giant one. */
function buildPlatelets(place: NucleusPlace, isUnusual: boolean): Cell {
  const { random, radius } = place;
  const count = isUnusual ? 1 : 6 + random.int(9);
  const edges = Array.from({ length: count }, () => {
    const turn = 6.283 * random.next();
    const far = count === 1 ? 0 : radius * Math.sqrt(random.next());
    const size = count === 1 ? 0.27 + 0.03 * random.normal() : 0.105 + 0.022 * random.normal();
    const centre = [place.x + far * Math.cos(turn), place.y + far * Math.sin(turn)] as const;
    return blob(centre, size, { random, wobble: 0.16 });
  });
  const edge: Field = (x, y) => edges.reduce((least, part) => Math.min(least, part(x, y)), 9);
  return {
    edge,
    cytoplasm: stain.plateletBody,
    cytoplasmAmount: 1,
    nucleus: nothing,
    nucleusAmount: 0,
    clump: 0.05,
    contrast: 0.3,
    granules: [
      { field: grains(random, 0.055, 0.75), stain: stain.plateletCore, amount: 0.85, overNucleus: 1 },
    ],
    vacuoles: null,
  };
}

const builds: Readonly<Record<CellKind, Build>> = {
  neutrophil: buildNeutrophil,
  lymphocyte: buildLymphocyte,
  monocyte: buildMonocyte,
  eosinophil: buildEosinophil,
  basophil: buildBasophil,
  'platelet clump': buildPlatelets,
};

/** Radius in half picture widths; a red cell has 0.27. */
const radii: Readonly<Record<CellKind, readonly [typical: number, unusual: number]>> = {
  neutrophil: [0.52, 0.54],
  lymphocyte: [0.37, 0.47],
  monocyte: [0.63, 0.45],
  eosinophil: [0.54, 0.52],
  basophil: [0.49, 0.47],
  'platelet clump': [0.38, 0.27],
};

/** The white cell of a picture, somewhere near its middle, turned anyhow. */
export function buildCell({ kind, variant }: CellPicture, random: Random): Cell {
  const isUnusual = variant === 'unusual';
  const place: NucleusPlace = {
    x: 0.12 * random.normal(),
    y: 0.12 * random.normal(),
    radius: radii[kind][isUnusual ? 1 : 0] * (1 + 0.09 * random.normal()),
    angle: 6.283 * random.next(),
    random,
  };
  return builds[kind](place, isUnusual);
}

/** Texture of chromatin: 1 in clumps, less between. */
export function chromatinTexture({ clump, contrast }: Cell, random: Random): Field {
  const coarse = noise(random, clump);
  const fine = noise(random, clump / 2.2);
  return (x, y) => 1 - contrast * (0.5 - 0.38 * coarse(x, y) - 0.22 * fine(x, y));
}
