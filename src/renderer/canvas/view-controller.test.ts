import { expect, it } from 'vitest';
import { imageSize, stagePoint, stageSize } from './spaces.ts';
import { ViewController } from './view-controller.ts';
import { fit, isSameView } from './view.ts';

function opened(): ViewController {
  const controller = new ViewController();
  controller.layOut({ stage: stageSize(800, 600), pixelRatio: 1 });
  controller.open(imageSize(400, 400), false);
  return controller;
}

it('fits an image when it is opened, and again after zooming when asked', () => {
  const controller = opened();
  expect(controller.view()).toEqual(fit(controller.scene()));
  controller.zoom(3, stagePoint(10, 10));
  expect(isSameView(controller.view(), fit(controller.scene()))).toBe(false);
  controller.fit();
  expect(controller.view()).toEqual(fit(controller.scene()));
});

it('keeps zoom and place on the next image only when told to', () => {
  const controller = opened();
  controller.zoom(3);
  const zoomed = controller.view();
  controller.open(imageSize(400, 400), true);
  expect(isSameView(controller.view(), zoomed)).toBe(true);
  controller.open(imageSize(400, 400), false);
  expect(controller.view()).toEqual(fit(controller.scene()));
});

it('stays fitted when the next image has another shape, even when told to keep the zoom', () => {
  const controller = opened();
  controller.open(imageSize(1000, 50), true);
  expect(controller.view()).toEqual(fit(controller.scene()));
});

it('tells its listeners until they leave', () => {
  const controller = opened();
  let told = 0;
  const leave = controller.onChange(() => (told += 1));
  controller.pan(stagePoint(5, 0));
  leave();
  controller.pan(stagePoint(5, 0));
  expect(told).toBe(1);
});
