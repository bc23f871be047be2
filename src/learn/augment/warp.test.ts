import { expect, test } from 'vitest';
import { seededRandom } from '#base/random.ts';
import { drawVariation, type Variation } from './variation.ts';
import { Warp } from './warp.ts';

const still: Variation = {
  ...{ isMirrored: false, isFlipped: false, turn: 0, slant: 0, shifts: null },
  window: { side: 1, left: 0, top: 0 },
  ...{ brightness: 1, contrast: 1, saturation: 1, colour: [0, 0, 0] },
};

function warped(from: Uint8Array, size: number, variation: Partial<Variation>): Uint8Array {
  const into = new Uint8Array(from.length);
  new Warp(size).apply(from, into, { ...still, ...variation });
  return into;
}

function noise(size: number): Uint8Array {
  const random = seededRandom(5);
  return Uint8Array.from({ length: size * size * 3 }, () => random.int(256));
}

/** An image from rows of letters: k is black, r red, g green, b blue. */
function drawn(rows: readonly string[]): Uint8Array {
  const colours: Readonly<Record<string, readonly number[]>> = {
    ...{ k: [0, 0, 0], r: [255, 0, 0], g: [0, 255, 0], b: [0, 0, 255] },
  };
  return Uint8Array.from(rows.flatMap((row) => [...row].flatMap((letter) => colours[letter] ?? [])));
}

const arrow = drawn(['kkrkk', 'krrrk', 'rkgkr', 'kkgkk', 'kkbkk']);

test('nothing done gives the same bytes', () => {
  const image = noise(13);
  expect(warped(image, 13, {})).toEqual(image);
});

test('a turn by 90 degrees is clockwise, and four of them are none', () => {
  const turn = Math.PI / 2;
  const once = warped(arrow, 5, { turn });
  expect(once).toEqual(drawn(['kkrkk', 'kkkrk', 'bggrr', 'kkkrk', 'kkrkk']));
  const image = noise(12);
  const four = [1, 2, 3, 4].reduce((turned) => warped(turned, 12, { turn }), image);
  expect(four).toEqual(image);
});

test('mirror and flip exchange sides, and twice is not at all', () => {
  const rows = ['rgb', 'kkr', 'gkk'];
  expect(warped(drawn(rows), 3, { isMirrored: true })).toEqual(drawn(['bgr', 'rkk', 'kkg']));
  expect(warped(drawn(rows), 3, { isFlipped: true })).toEqual(drawn(['gkk', 'kkr', 'rgb']));
  const image = noise(8);
  for (const variation of [{ isMirrored: true }, { isFlipped: true }])
    expect(warped(warped(image, 8, variation), 8, variation)).toEqual(image);
});

test('a window is the part that is kept, enlarged', () => {
  // The lower right quarter, each of whose pixels becomes 2 × 2, blended where they meet.
  const image = drawn(['kkkk', 'kkkk', 'kkrr', 'kkrr']);
  const shown = warped(image, 4, { window: { side: 0.5, left: 0.5, top: 0.5 } });
  expect([...shown.subarray(15, 18)]).toEqual([255, 0, 0]);
  expect([...shown.subarray(-3)]).toEqual([255, 0, 0]);
  expect(shown[0]).toBeGreaterThan(100);
});

test('between pixels colours are blended, each channel by itself', () => {
  const half = warped(drawn(['rb', 'rb']), 2, { window: { side: 1, left: 0.25, top: 0 } });
  expect([...half.subarray(0, 3)]).toEqual([128, 0, 128]);
});

test('a slant moves rows sideways, the more the further from the middle', () => {
  const image = drawn(['kkrkk', 'kkrkk', 'kkrkk', 'kkrkk', 'kkrkk']);
  expect(warped(image, 5, { slant: 1 })).toEqual(drawn(['kkkkr', 'kkkrk', 'kkrkk', 'krkkk', 'rkkkk']));
});

test('an image of one colour stays so wherever pixels come from', () => {
  const size = 20;
  const image = Uint8Array.from({ length: size * size * 3 }, (_, i) => [3, 130, 255][i % 3] ?? 0);
  const most = { rotation: 180, shear: 30, elastic: 0.1, crop: 0.5, mirror: true, flip: true };
  const none = { brightness: 0, contrast: 0, saturation: 0, pcaColour: 0 };
  const random = seededRandom(2);
  for (let i = 0; i < 50; i++)
    expect(warped(image, size, drawVariation({ ...most, ...none }, random))).toEqual(image);
});
