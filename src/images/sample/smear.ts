import type { Random } from '#base/random.ts';
import { blob, cover, noise, smoothStep, type Field } from './fields.ts';
import { dabOn, eachPixel, plasma, redCell, type Film } from './stains.ts';

interface RedCell {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly edge: Field;
  readonly thickness: number;
  readonly pallor: number;
}

/** Plasma and red cells: what every picture has around its cell. `cell` is the distance to that cell's edge. */
export function paintSmear(film: Film, random: Random, cell: Field): void {
  const cloud = noise(random, 0.55);
  const grain = noise(random, 0.05);
  const redCells = placeRedCells(random, cell);
  const soft = 2.2 / film.sizePx;
  const dab = dabOn(film);
  eachPixel(film, (offset, x, y) => {
    dab(offset, plasma, 1 + 0.35 * cloud(x, y) + 0.25 * grain(x, y));
    // A white cell pushes the red ones aside rather than lying on them.
    const aside = smoothStep(-0.02, 0.05, cell(x, y));
    if (aside === 0) return;
    for (const each of redCells) {
      const distance = each.edge(x, y);
      if (distance < soft) dab(offset, redCell, aside * thickness(each, distance, { x, y, soft }));
    }
  });
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly soft: number;
}

/** A dimpled disc: palest in the middle, thickest somewhat inside the rim. */
function thickness(red: RedCell, distance: number, { x, y, soft }: Place): number {
  const depth = Math.min(1, -distance / red.radius);
  const dimple = red.pallor * smoothStep(0.22, 0.85, depth);
  const rim = 0.14 * smoothStep(0.16, 0.02, depth);
  const light = 0.06 * ((x - red.x - (y - red.y)) / red.radius);
  return red.thickness * cover(distance, soft) * (1 + rim - dimple + light);
}

function placeRedCells(random: Random, cell: Field): RedCell[] {
  const wanted = 4 + random.int(7);
  const pallor = 0.4 + 0.35 * random.next();
  const placed: RedCell[] = [];
  for (let i = 0; i < 90 && placed.length < wanted; i++) {
    const [x, y] = [2.5 * random.next() - 1.25, 2.5 * random.next() - 1.25];
    const radius = 0.27 + 0.025 * random.normal();
    const overlap = 0.35 + 0.65 * random.next();
    const isClear = placed.every(
      (other) => Math.hypot(other.x - x, other.y - y) > 2 * overlap * radius + 0.12,
    );
    if (!isClear || cell(x, y) < 0.8 * radius) continue;
    const edge = blob([x, y], radius, { random, wobble: 0.05 });
    placed.push({ x, y, radius, edge, thickness: 0.85 + 0.2 * random.next(), pallor });
  }
  return placed;
}
