import type { Random } from '#base/random.ts';
import { blob, ellipse, melt, strand, type Field } from './fields.ts';

/** Where a nucleus lies and how large its cell is. */
export interface NucleusPlace {
  readonly x: number;
  readonly y: number;
  /** Radius of the cell. */
  readonly radius: number;
  readonly angle: number;
  readonly random: Random;
}

/** Lobes in a bent row, joined by strands: three or four in a neutrophil, two in an eosinophil. */
export function lobedNucleus(place: NucleusPlace, lobes: number): Field {
  const { radius, random } = place;
  const span = (lobes === 2 ? 2.0 : 3.6) + 0.5 * random.normal() * 0.5;
  const reach = radius * (lobes === 2 ? 0.44 : 0.47);
  const centres = Array.from({ length: lobes }, (_, i): [number, number] => {
    const turn = place.angle + span * (i / (lobes - 1) - 0.5) + 0.12 * random.normal();
    const far = reach * (1 + 0.1 * random.normal());
    const back = lobes === 2 ? 0.12 : 0.1;
    return [
      place.x + far * Math.cos(turn) - back * radius * Math.cos(place.angle),
      place.y + far * Math.sin(turn) - back * radius * Math.sin(place.angle),
    ];
  });
  const size = radius * (lobes === 2 ? 0.37 : lobes === 3 ? 0.31 : 0.27);
  const parts = centres.map(([x, y], i) => {
    const turn = place.angle + span * (i / (lobes - 1) - 0.5) + Math.PI / 2 + 0.4 * random.normal();
    const stretch = 1.08 + 0.14 * random.next();
    return ellipse({ x, y, long: size * stretch, short: size * (0.84 + 0.12 * random.next()), angle: turn });
  });
  const bridges = centres
    .slice(1)
    .map((centre, i) => strand(centres[i] ?? centre, centre, radius * (0.045 + 0.05 * random.next())));
  return (x, y) => {
    const lobe = parts.reduce((least, part) => Math.min(least, part(x, y)), Infinity);
    const bridge = bridges.reduce((least, part) => Math.min(least, part(x, y)), Infinity);
    return melt(lobe, bridge, 0.07 * radius);
  };
}

/** One large body with a shallow dent or none: `share` is its radius relative to the cell's. */
export function roundNucleus(place: NucleusPlace, share: number): Field {
  const { radius, random } = place;
  const body = blob([place.x, place.y], radius * share, { random, wobble: 0.05 });
  const dent = ellipse({
    x: place.x + Math.cos(place.angle) * radius * (share + 0.16 + 0.14 * random.next()),
    y: place.y + Math.sin(place.angle) * radius * (share + 0.16 + 0.14 * random.next()),
    long: radius * 0.3,
    short: radius * 0.22,
    angle: place.angle + Math.PI / 2,
  });
  return (x, y) => -melt(-body(x, y), dent(x, y), 0.14 * radius);
}

/** A kidney or horseshoe: a thick arc of ellipses, plumper at its ends. */
export function kidneyNucleus(place: NucleusPlace): Field {
  const { radius, random } = place;
  const bend = 1.75 + 0.85 * random.next();
  const reach = radius * (0.4 + 0.05 * random.next());
  const thick = radius * (0.33 + 0.05 * random.next());
  const steps = 7;
  const parts = Array.from({ length: steps }, (_, i) => {
    const along = i / (steps - 1) - 0.5;
    const turn = place.angle + bend * along;
    const size = thick * (0.92 + 0.5 * along * along + 0.05 * random.normal());
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    const back = 0.16 * radius;
    return ellipse({
      x: place.x + reach * cos - back * Math.cos(place.angle),
      y: place.y + reach * sin - back * Math.sin(place.angle),
      long: size,
      short: size,
      angle: 0,
    });
  });
  return (x, y) => parts.reduce((least, part) => melt(least, part(x, y), 0.1 * radius), 9);
}
