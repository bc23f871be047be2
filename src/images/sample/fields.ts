import type { Random } from '#base/random.ts';

/** A number at each point of the picture; the picture spans −1 to 1 in both directions. */
export type Field = (x: number, y: number) => number;

/** Runs from 0 below `from` to 1 above `to`, without corners. `from` may be the larger one. */
export function smoothStep(from: number, to: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

/** How much of a pixel lies inside a shape, from the signed distance to its edge (negative inside). */
export function cover(distance: number, softness: number): number {
  return smoothStep(softness, -softness, distance);
}

/** Distance to two shapes melted together over `radius`. */
export function melt(a: number, b: number, radius: number): number {
  const h = Math.max(radius - Math.abs(a - b), 0) / radius;
  return Math.min(a, b) - (h * h * radius) / 4;
}

export interface EllipseShape {
  readonly x: number;
  readonly y: number;
  readonly long: number;
  readonly short: number;
  readonly angle: number;
}

/** Approximate signed distance to an ellipse; exact for a circle. */
export function ellipse({ x: cx, y: cy, long, short, angle }: EllipseShape): Field {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return (x, y) => {
    const u = ((x - cx) * cos + (y - cy) * sin) / long;
    const v = ((y - cy) * cos - (x - cx) * sin) / short;
    const r = Math.hypot(u, v);
    // Scaled by the gradient's length, so that an edge is equally soft all round.
    return r === 0 ? -short : ((r - 1) * r) / Math.hypot(u / long, v / short);
  };
}

/** Signed distance to a thick line between two points. */
export function strand(a: readonly [number, number], b: readonly [number, number], radius: number): Field {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const squared = dx * dx + dy * dy || 1;
  return (x, y) => {
    const t = Math.min(1, Math.max(0, ((x - a[0]) * dx + (y - a[1]) * dy) / squared));
    return Math.hypot(x - a[0] - t * dx, y - a[1] - t * dy) - radius;
  };
}

/** Signed distance to a round shape whose outline wobbles, as cells are never circles. */
export function blob(centre: readonly [number, number], radius: number, options: BlobOptions): Field {
  const { random, wobble } = options;
  const waves = [2, 3, 4, 5].map((n) => ({
    n,
    size: (wobble * random.normal()) / n,
    phase: 6.283 * random.next(),
  }));
  const outline = Float32Array.from({ length: 257 }, (_, i) =>
    waves.reduce((sum, { n, size, phase }) => sum + size * Math.cos((n * i * Math.PI) / 128 + phase), 1),
  );
  return (x, y) => {
    const far = Math.hypot(x - centre[0], y - centre[1]);
    // Away from the outline its wobbles do not matter, and most pixels are away from it.
    if (far > 1.7 * radius) return far - radius;
    const angle = Math.atan2(y - centre[1], x - centre[0]);
    return far - radius * (outline[Math.round((angle / Math.PI + 1) * 128)] ?? 1);
  };
}
export interface BlobOptions {
  readonly random: Random;
  /** Typical relative deviation from a circle. */
  readonly wobble: number;
}

/** Smooth noise with features of about `grain`, between about −1 and 1. */
export function noise(random: Random, grain: number): Field {
  const side = 32;
  const lattice = new Float32Array(side * side).map(() => 2 * random.next() - 1);
  const at = (i: number, j: number): number => lattice[(j & (side - 1)) * side + (i & (side - 1))] ?? 0;
  const ease = (t: number): number => t * t * (3 - 2 * t);
  return (x, y) => {
    const [u, v] = [x / grain + 4096, y / grain + 4096];
    const [i, j] = [Math.floor(u), Math.floor(v)];
    const [s, t] = [ease(u - i), ease(v - j)];
    const top = at(i, j) + s * (at(i + 1, j) - at(i, j));
    const bottom = at(i, j + 1) + s * (at(i + 1, j + 1) - at(i, j + 1));
    return top + t * (bottom - top);
  };
}

/** Round grains of unequal size strewn evenly, `spacing` apart: 1 on a grain, 0 between; `share` of the places hold one. */
export function grains(random: Random, spacing: number, share: number): Field {
  const side = 32;
  const places = Array.from({ length: side * side }, () => ({
    x: 0.5 + 0.36 * (2 * random.next() - 1),
    y: 0.5 + 0.36 * (2 * random.next() - 1),
    radius: random.next() < share ? 0.3 + 0.22 * random.next() : 0,
  }));
  return (x, y) => {
    const [u, v] = [x / spacing + 4096, y / spacing + 4096];
    const [i, j] = [Math.floor(u), Math.floor(v)];
    let most = 0;
    for (let n = 0; n < 9; n++) {
      const [p, q] = [i + (n % 3) - 1, j + Math.floor(n / 3) - 1];
      const place = places[(q & (side - 1)) * side + (p & (side - 1))];
      if (place === undefined || place.radius === 0) continue;
      const distance = Math.hypot(u - p - place.x, v - q - place.y);
      most = Math.max(most, smoothStep(place.radius + 0.12, place.radius - 0.16, distance));
    }
    return most;
  };
}
