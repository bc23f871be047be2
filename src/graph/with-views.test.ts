import { describe, expect, test } from 'vitest';
import { must } from '#base/assert.ts';
import { seededRandom } from '#base/random.ts';
import { runOnnx } from '#test/support/onnxruntime.ts';
import { int } from './attribute.ts';
import { ModelBuilder } from './builder.ts';
import { dataTypeCode } from './data-type.ts';
import type { Model } from './model.ts';
import { int64Vector } from './tensor.ts';
import { cropViews, lineWeights, withViews, type View } from './with-views.ts';

const size = 8;
const dim = size * size * 3;
const whole: View = { left: 0, top: 0, side: 1, isMirrored: false };

/** A backbone whose embedding is the image itself. */
function looker(): Model {
  const builder = new ModelBuilder('looker');
  const pixels = builder.input('pixels', 'uint8', ['N', size, size, 3]);
  const values = builder.node('Cast', [pixels], { to: int(dataTypeCode('float32')) });
  const flat = builder.node('Reshape', [values, builder.constant(int64Vector(-1, dim))]);
  return builder.output('embedding', flat, { type: 'float32', dims: ['N', dim] }).build();
}

async function seen(views: readonly View[], pixels: Uint8Array): Promise<Float64Array> {
  const dims = [pixels.length / dim, size, size, 3];
  const fed = { type: 'uint8', dims, data: Float64Array.from(pixels) } as const;
  const outputs = await runOnnx(withViews(looker(), { views, size, dim }), { pixels: fed });
  return must(outputs.get('embedding'), 'an output').data;
}

const random = seededRandom(2);
const images = Uint8Array.from({ length: 2 * dim }, () => random.int(256));
/** Red of a pixel of the first image. */
const pixelAt = (values: ArrayLike<number>, y: number, x: number): number =>
  values[(y * size + x) * 3] ?? NaN;

describe('what a backbone sees of images', () => {
  test('the whole view is the image, for every image of a batch', async () => {
    expect([...(await seen([whole], images))]).toEqual([...images]);
  });

  test('a mirrored view exchanges left and right', async () => {
    const mirrored = await seen([{ ...whole, isMirrored: true }], images);
    for (const x of [0, 3, 7]) expect(pixelAt(mirrored, 2, x)).toBe(pixelAt(images, 2, 7 - x));
  });

  test('a crop lies where it says: its middle is that of the part', async () => {
    const ramp = Uint8Array.from({ length: dim }, (_, at) => 10 * (Math.floor(at / 3) % size));
    const part = await seen([{ left: 0.25, top: 0, side: 0.5, isMirrored: false }], ramp);
    const row = Array.from({ length: size }, (_, x) => pixelAt(part, 4, x));
    // Pixel x looks at 0.25 · 8 + (x + 0.5) / 2 − 0.5.
    expect(row).toEqual([18, 22, 28, 32, 38, 42, 48, 52]);
  });

  test('several views are averaged', async () => {
    const both = await seen([whole, { ...whole, isMirrored: true }], images);
    expect(pixelAt(both, 1, 2)).toBe((pixelAt(images, 1, 2) + pixelAt(images, 1, 5)) / 2);
  });
});

test('every line of weights sums to one', () => {
  for (const { left, side, isMirrored } of cropViews(true)) {
    const weights = lineWeights({ start: left, side, size, isMirrored });
    for (let to = 0; to < size; to++) {
      const sum = weights.subarray(to * size, (to + 1) * size).reduce((total, each) => total + each, 0);
      expect(sum).toBeCloseTo(1, 6);
    }
  }
});

test('five views, and as many mirrored ones where mirroring is allowed', () => {
  expect(cropViews(false)).toHaveLength(5);
  expect(cropViews(true)).toHaveLength(10);
  expect(cropViews(true)[0]).toEqual(whole);
});
