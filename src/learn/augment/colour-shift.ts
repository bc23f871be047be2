import type { ColourAxes } from './colour-axes.ts';
import type { Variation } from './variation.ts';

/** Weights of red, green and blue in how bright a colour looks (ITU-R BT.601), in 1/256. */
const [red, green, blue] = [77, 150, 29] as const;
const one = 65536;

/**
 * Changes brightness, then contrast about the image's mean, then saturation, then moves all colours along the
 * principal axes (Krizhevsky et al. 2012): together one affine map of the colours, so nothing is cut off between.
 * @param pixels RGB, 8 bits a channel; changed in place
 */
export function shiftColours(pixels: Uint8Array, variation: Variation, axes: ColourAxes): void {
  const { brightness, contrast, saturation, colour } = variation;
  const scale = brightness * contrast;
  const mean = contrast === 1 ? 0 : brightness * (1 - contrast) * meanBrightness(pixels);
  const offset = (channel: number): number =>
    colour.reduce((sum, length, axis) => sum + length * (axes[axis * 3 + channel] as number), mean);
  applyMap(pixels, {
    own: Math.round(saturation * scale * one),
    grey: Math.round(((1 - saturation) * scale * one) / 256),
    offsets: [offset(0), offset(1), offset(2)],
  });
}

/** New value = own · value + grey · brightness of the pixel + offset of the channel, in 1/65536. */
interface ColourMap {
  readonly own: number;
  readonly grey: number;
  readonly offsets: readonly [number, number, number];
}

function applyMap({ buffer, byteOffset, length }: Uint8Array, { own, grey, offsets }: ColourMap): void {
  const values = new Uint8ClampedArray(buffer, byteOffset, length);
  const [offsetR, offsetG, offsetB] = offsets.map((offset) => Math.round((offset + 0.5) * one)) as [
    number,
    number,
    number,
  ];
  for (let at = 0; at < length; at += 3) {
    const r = values[at] as number;
    const g = values[at + 1] as number;
    const b = values[at + 2] as number;
    const shared = Math.imul(grey, red * r + green * g + blue * b);
    values[at] = (Math.imul(own, r) + shared + offsetR) >> 16;
    values[at + 1] = (Math.imul(own, g) + shared + offsetG) >> 16;
    values[at + 2] = (Math.imul(own, b) + shared + offsetB) >> 16;
  }
}

function meanBrightness(pixels: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < pixels.length; at += 3) {
    sum +=
      red * (pixels[at] as number) + green * (pixels[at + 1] as number) + blue * (pixels[at + 2] as number);
  }
  return sum / 256 / (pixels.length / 3);
}
