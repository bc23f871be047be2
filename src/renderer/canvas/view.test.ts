import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imagePoint, imageSize, stagePoint, stageSize } from './spaces.ts';
import {
  actualSize,
  clamp,
  fit,
  follow,
  isPixelated,
  middle,
  panBy,
  toImage,
  toStage,
  zoomAt,
  zoomOf,
  type Scene,
} from './view.ts';

const side = fc.integer({ min: 1, max: 20_000 });
const scenes: fc.Arbitrary<Scene> = fc.record({
  image: fc.tuple(side, side).map(([width, height]) => imageSize(width, height)),
  stage: fc
    .tuple(fc.integer({ min: 100, max: 4000 }), fc.integer({ min: 100, max: 4000 }))
    .map(([width, height]) => stageSize(width, height)),
  pixelRatio: fc.constantFrom(1, 1.25, 1.5, 2, 3),
});
const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const factor = fc.double({ min: 0.2, max: 5, noNaN: true });

/** A scene with a view that a person could have reached: fitted, zoomed, moved. */
const reached = fc.tuple(scenes, factor, fraction, fraction).map(([scene, by, fx, fy]) => {
  const at = stagePoint(fx * scene.stage.width, fy * scene.stage.height);
  const zoomed = zoomAt(fit(scene), scene, { factor: by, at });
  return { scene, view: panBy(zoomed, scene, stagePoint(fx * 900 - 450, fy * 900 - 450)) };
});

const scene: Scene = { image: imageSize(400, 200), stage: stageSize(1024, 624), pixelRatio: 2 };

describe('view', () => {
  it('goes from the stage to the image and back without moving a point', () => {
    fc.assert(
      fc.property(reached, fraction, fraction, ({ scene, view }, fx, fy) => {
        const point = stagePoint(fx * scene.stage.width, fy * scene.stage.height);
        const back = toStage(view, toImage(view, point));
        expect(Math.abs(back.x - point.x)).toBeLessThan(1e-6);
        expect(Math.abs(back.y - point.y)).toBeLessThan(1e-6);
      }),
    );
  });

  it('fits every image inside the stage and touches one pair of its margins', () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        const { scale, origin } = fit(scene);
        const width = scene.image.width * scale;
        const height = scene.image.height * scale;
        expect(origin.x).toBeGreaterThanOrEqual(11.999);
        expect(origin.y).toBeGreaterThanOrEqual(11.999);
        expect(Math.min(origin.x, origin.y)).toBeCloseTo(12, 3);
        expect(origin.x + width).toBeLessThanOrEqual(scene.stage.width - 11.999);
        expect(origin.y + height).toBeLessThanOrEqual(scene.stage.height - 11.999);
      }),
    );
  });

  it('keeps the image point under the cursor while zooming, where the cursor is on the image', () => {
    const large = scenes.filter(({ image, stage }) => {
      const { scale } = fit({ image, stage, pixelRatio: 1 });
      return Math.min(image.width, image.height) * scale > 400;
    });
    fc.assert(
      fc.property(large, factor, fraction, (scene, by, across) => {
        const view = fit(scene);
        const held = imagePoint(
          (0.25 + 0.5 * across) * scene.image.width,
          (0.75 - 0.5 * across) * scene.image.height,
        );
        const at = toStage(view, held);
        const after = toImage(zoomAt(view, scene, { factor: by, at }), at);
        expect(after.x).toBeCloseTo(held.x, 4);
        expect(after.y).toBeCloseTo(held.y, 4);
      }),
    );
  });

  it('never lets the image leave the stage', () => {
    fc.assert(
      fc.property(reached, fc.integer(), fc.integer(), ({ scene, view }, dx, dy) => {
        const { scale, origin } = panBy(view, scene, stagePoint(dx, dy));
        expect(origin.x + scene.image.width * scale).toBeGreaterThan(0);
        expect(origin.y + scene.image.height * scale).toBeGreaterThan(0);
        expect(origin.x).toBeLessThan(scene.stage.width);
        expect(origin.y).toBeLessThan(scene.stage.height);
      }),
    );
  });

  it('clamps only once', () => {
    fc.assert(
      fc.property(reached, ({ scene, view }) => {
        expect(clamp(view, scene)).toEqual(view);
      }),
    );
  });

  it('shows one image pixel on one screen pixel at 100 %', () => {
    const view = actualSize(fit(scene), scene, middle(scene.stage));
    expect(view.scale).toBe(0.5);
    expect(zoomOf(view, scene)).toBe(1);
  });

  it('shows squares above 400 % of screen pixels, not of stage pixels', () => {
    const large: Scene = { ...scene, image: imageSize(4000, 2000) };
    const at = middle(large.stage);
    const actual = actualSize(fit(large), large, at);
    expect(isPixelated(zoomAt(actual, large, { factor: 4, at }), large)).toBe(false);
    expect(isPixelated(zoomAt(actual, large, { factor: 4.1, at }), large)).toBe(true);
  });

  it('smooths a small image that is enlarged to fit, and shows its squares on zooming in', () => {
    const small: Scene = { ...scene, image: imageSize(32, 32) };
    expect(zoomOf(fit(small), small)).toBeGreaterThan(4);
    expect(isPixelated(fit(small), small)).toBe(false);
    const zoomed = zoomAt(fit(small), small, { factor: 1.2, at: middle(small.stage) });
    expect(isPixelated(zoomed, small)).toBe(true);
  });

  it('fits again when the stage changes under a fitted view', () => {
    const after = { ...scene, stage: stageSize(500, 900) };
    expect(follow(fit(scene), scene, after)).toEqual(fit(after));
  });

  it('keeps zoom and middle when the stage changes under a zoomed view', () => {
    const view = zoomAt(fit(scene), scene, { factor: 3, at: stagePoint(300, 200) });
    const after = { ...scene, stage: stageSize(800, 700), pixelRatio: 1 };
    const moved = follow(view, scene, after);
    expect(zoomOf(moved, after)).toBeCloseTo(zoomOf(view, scene), 9);
    const held = toImage(moved, middle(after.stage));
    const before = toImage(view, middle(scene.stage));
    expect(held.x).toBeCloseTo(before.x, 9);
    expect(held.y).toBeCloseTo(before.y, 9);
  });

  it('keeps the place and zoom on the next image of the same size', () => {
    const view = zoomAt(fit(scene), scene, { factor: 3, at: stagePoint(300, 200) });
    const moved = follow(view, scene, { ...scene });
    expect(moved.scale).toBeCloseTo(view.scale, 9);
    expect(moved.origin.x).toBeCloseTo(view.origin.x, 9);
    expect(moved.origin.y).toBeCloseTo(view.origin.y, 9);
  });
});
