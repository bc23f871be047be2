import { expect, test } from 'vitest';
import { seededRandom } from '#base/random.ts';
import { type AugmentSettings, variesAnything } from './augment-settings.ts';
import { Augmenter } from './augmenter.ts';
import { imageRandom } from './image-random.ts';

const size = 24;
const off: AugmentSettings = {
  ...{ mirror: false, flip: false, crop: 0, rotation: 0, shear: 0, elastic: 0 },
  ...{ brightness: 0, contrast: 0, saturation: 0, pcaColour: 0 },
};
const each: readonly Partial<AugmentSettings>[] = [
  { mirror: true },
  { flip: true },
  { crop: 0.2 },
  { rotation: 20 },
  { shear: 10 },
  { elastic: 0.05 },
  { brightness: 0.2 },
  { contrast: 0.2 },
  { saturation: 0.5 },
  { pcaColour: 0.1 },
];
const image = ((random) => Uint8Array.from({ length: size * size * 3 }, () => 40 + random.int(160)))(
  seededRandom(1),
);

function variant(settings: Partial<AugmentSettings>, seed: number, ordinal = 0): Uint8Array {
  const axes = Float64Array.of(20, 25, 30, 5, 0, -5, 1, -1, 1);
  const into = new Uint8Array(image.length);
  new Augmenter({ settings: { ...off, ...settings }, size, axes }).vary(
    image,
    into,
    imageRandom(seed, ordinal),
  );
  return into;
}

test('with everything off images stay the very same bytes', () => {
  expect(variesAnything(off)).toBe(false);
  for (let seed = 0; seed < 5; seed++) expect(variant(off, seed)).toEqual(image);
});

test('each setting alone changes images', () => {
  for (const settings of each) {
    expect(variesAnything({ ...off, ...settings })).toBe(true);
    const changed = Array.from({ length: 8 }, (_, seed) => variant(settings, seed)).filter(
      (bytes) => !bytes.every((byte, i) => byte === image[i]),
    );
    expect(changed.length, JSON.stringify(settings)).toBeGreaterThan(1);
  }
});

const all = Object.assign({}, ...each) as AugmentSettings;

test('the same seed and place in the run give the same variant, others give others', () => {
  expect(variant(all, 7, 3)).toEqual(variant(all, 7, 3));
  expect(variant(all, 7, 3)).not.toEqual(variant(all, 8, 3));
  expect(variant(all, 7, 3)).not.toEqual(variant(all, 7, 4));
});

test('a setting changes its own part only: where pixels come from does not depend on the colours', () => {
  const grey = variant({ rotation: 20, crop: 0.2 }, 5);
  const turned = variant({ rotation: 20, crop: 0.2, mirror: false, pcaColour: 1e-9 }, 5);
  expect(turned).toEqual(grey);
});

test('half of the images are mirrored', () => {
  const mirrored = Array.from({ length: 400 }, (_, i) => variant({ mirror: true }, 1, i)).filter(
    (bytes) => !bytes.every((byte, i) => byte === image[i]),
  );
  expect(mirrored.length).toBeGreaterThan(160);
  expect(mirrored.length).toBeLessThan(240);
});

test('images that follow each other in a run are varied independently', () => {
  const first = Array.from({ length: 2000 }, (_, i) => imageRandom(1, i).next());
  const mean = first.reduce((sum, value) => sum + value, 0) / first.length;
  const related =
    first.slice(1).reduce((sum, value, i) => sum + (value - mean) * (first[i]! - mean), 0) / first.length;
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.03);
  expect(Math.abs(related)).toBeLessThan(0.01);
});
