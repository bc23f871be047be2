import { seededRandom, type Random } from '#base/random.ts';
import { photograph } from './camera.ts';
import { buildCell, chromatinTexture, type Cell } from './cells.ts';
import type { CellPicture } from './cell-picture.ts';
import { cover, grains, noise, smoothStep, type Field } from './fields.ts';
import { paintSmear } from './smear.ts';
import { dabOn, chromatin, eachPixel, type Film } from './stains.ts';

/** Draws one picture: square RGB, 8 bits a channel. Equal descriptions give equal pixels. */
export function paintCell(picture: CellPicture): Uint8Array {
  const random = seededRandom(picture.seed);
  const { sizePx } = picture;
  const film: Film = { sizePx, absorbance: new Float32Array(sizePx * sizePx * 3) };
  const cell = buildCell(picture, random);
  paintSmear(film, random, cell.edge);
  paintWhiteCell(film, random, cell);
  if (random.next() < 0.25) paintPrecipitate(film, random);
  return photograph(film, random);
}

function paintWhiteCell(film: Film, random: Random, cell: Cell): void {
  const cloud = noise(random, 0.13);
  const texture = chromatinTexture(cell, random);
  const soft = 2 / film.sizePx;
  const dab = dabOn(film);
  eachPixel(film, (offset, x, y) => {
    const distance = cell.edge(x, y);
    if (distance > soft) return;
    const inCell = cover(distance, soft);
    const depth = cell.nucleus(x, y);
    const inNucleus = cover(depth, 1.2 * soft);
    const hole = cell.vacuoles === null ? 0 : 0.75 * cell.vacuoles(x, y) * smoothStep(0, -0.08, distance);
    const rim = 1 + 0.3 * smoothStep(-0.05, -0.005, distance);
    const body = inCell * (1 - 0.75 * inNucleus) * rim * (1 - hole) * (1 + 0.22 * cloud(x, y));
    dab(offset, cell.cytoplasm, body * cell.cytoplasmAmount);
    for (const { field, stain, amount, overNucleus } of cell.granules) {
      const shown = inCell * (1 - inNucleus * (1 - overNucleus)) * smoothStep(0.01, -0.045, distance);
      if (shown > 0) dab(offset, stain, amount * shown * field(x, y));
    }
    if (inNucleus === 0) return;
    const membrane = 1 + 0.16 * smoothStep(-0.05, 0, depth);
    dab(offset, chromatin, cell.nucleusAmount * inNucleus * inCell * membrane * texture(x, y));
  });
}

/** Specks of dried stain, as on any real smear. */
function paintPrecipitate(film: Film, random: Random): void {
  const specks = grains(random, 0.07, 0.02);
  const patch: Field = noise(random, 0.6);
  const dab = dabOn(film);
  eachPixel(film, (offset, x, y) => {
    const share = smoothStep(-0.1, 0.4, patch(x, y));
    const amount = share === 0 ? 0 : share * specks(x, y);
    if (amount > 0) dab(offset, chromatin, 0.6 * amount);
  });
}
