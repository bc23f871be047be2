import type { Random } from '#base/random.ts';
import type { Film } from './stains.ts';

/**
 * Turns stained film into a photograph: lamp colour and unevenness, strength of the staining, focus, sensor noise.
 * Square RGB, 8 bits a channel.
 */
export function photograph({ sizePx, absorbance }: Film, random: Random): Uint8Array {
  const strength = 1 + 0.15 * random.normal();
  const bias = [1 + 0.07 * random.normal(), 1 + 0.06 * random.normal(), 1 + 0.1 * random.normal()];
  const exposure = 0.965 + 0.045 * random.normal();
  const lamp = [
    246 * exposure * (1 + 0.012 * random.normal()),
    243 * exposure,
    241 * exposure * (1 + 0.022 * random.normal()),
  ];
  const slope = [0.03 * random.normal(), 0.03 * random.normal()] as const;
  const light = new Float32Array(absorbance.length);
  for (let i = 0; i < light.length; i++) {
    const channel = i % 3;
    const pixel = (i - channel) / 3;
    const [x, y] = [(pixel % sizePx) / sizePx - 0.5, Math.floor(pixel / sizePx) / sizePx - 0.5];
    const uneven = 1 + slope[0] * x + slope[1] * y - 0.1 * (x * x + y * y);
    const density = (absorbance[i] ?? 0) * strength * (bias[channel] ?? 1);
    light[i] = (lamp[channel] ?? 0) * uneven * Math.exp(-density);
  }
  const isBlurred = random.next() < 0.16;
  blur(light, sizePx, isBlurred ? 1.2 + 1.1 * random.next() : 0.45 + 0.3 * random.next());
  return develop(light, random);
}

function develop(light: Float32Array, random: Random): Uint8Array {
  const grain = 2 * (0.14 + 0.12 * random.next());
  const pixels = new Uint8Array(light.length);
  for (let i = 0; i < light.length; i++) {
    const value = Math.max(0, light[i] ?? 0);
    // Photons arrive at random: the brighter, the more they vary. Three uniforms are normal enough, and quicker.
    const deviate = random.next() + random.next() + random.next() - 1.5;
    pixels[i] = Math.min(255, Math.round(value + grain * Math.sqrt(value) * deviate));
  }
  return pixels;
}

/** Gaussian blur in place, rows then columns; edges repeat. */
function blur(light: Float32Array, sizePx: number, sigma: number): void {
  const reach = Math.ceil(2.5 * sigma);
  const weights = Float32Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-(((i - reach) / sigma) ** 2) / 2),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const source = new Float32Array(light.length);
  for (const [along, across] of [
    [3, 3 * sizePx],
    [3 * sizePx, 3],
  ] as const) {
    source.set(light);
    for (let line = 0; line < sizePx; line++) {
      for (let step = 0; step < sizePx; step++) {
        for (let channel = 0; channel < 3; channel++) {
          let sum = 0;
          for (let k = -reach; k <= reach; k++) {
            const near = Math.min(sizePx - 1, Math.max(0, step + k));
            sum += (weights[k + reach] ?? 0) * (source[line * across + near * along + channel] ?? 0);
          }
          light[line * across + step * along + channel] = sum / total;
        }
      }
    }
  }
}
