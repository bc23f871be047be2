import { seededRandom } from '#base/random.ts';
import { type Augmentation, defaultAugmentation } from '#contract/training.ts';
import { Augmenter } from '#learn/augment/augmenter.ts';
import { imageRandom } from '#learn/augment/image-random.ts';
import { figure, type Row } from './row.ts';

const [size, count] = [96, 4000];
const target = 2000;

const everything: Augmentation = {
  ...{ mirror: true, flip: true, crop: 0.2, rotation: 180, shear: 10, elastic: 0.05 },
  ...{ brightness: 0.2, contrast: 0.2, saturation: 0.2, pcaColour: 0.1 },
};

/** How many images one thread varies in a second, by its own processor time: what feeds a device that trains. */
export function benchAugment(): Promise<Row[]> {
  const usual = speedOf(defaultAugmentation);
  const name = `augmentation at ${size} px, one thread`;
  return Promise.resolve([
    {
      what: name,
      target: `≥ ${target} images/s`,
      measured: `${usual} images/s`,
      ratio: '',
      isMet: usual >= target,
    },
    figure(`${name}, everything on`, `${speedOf(everything)} images/s`),
  ]);
}

function speedOf(settings: Augmentation): number {
  const random = seededRandom(1);
  const image = Uint8Array.from({ length: size * size * 3 }, () => random.int(256));
  const variant = new Uint8Array(image.length);
  const augmenter = new Augmenter({ settings, size, axes: new Float64Array(9).fill(10) });
  const vary = (images: number): void => {
    for (let i = 0; i < images; i++) augmenter.vary(image, variant, imageRandom(1, i));
  };
  vary(count / 4);
  const before = process.cpuUsage();
  vary(count);
  const { user, system } = process.cpuUsage(before);
  return Math.round((count * 1e6) / (user + system));
}
