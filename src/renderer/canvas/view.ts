import {
  imagePoint,
  stagePoint,
  type ImagePoint,
  type ImageSize,
  type StagePoint,
  type StageSize,
} from './spaces.ts';

/** Which part of the image the stage shows: stage = image × `scale` + `origin`. */
export interface View {
  /** Stage pixels per image pixel. */
  readonly scale: number;
  /** Where the image's top-left corner lies on the stage. */
  readonly origin: StagePoint;
}

/** What a view depends on besides itself. */
export interface Scene {
  readonly image: ImageSize;
  readonly stage: StageSize;
  /** Screen pixels per stage pixel. */
  readonly pixelRatio: number;
}

/** Free room around a fitted image, in stage pixels. */
const fitMarginPx = 12;
/** How much of the image always stays on the stage, in stage pixels. */
const keptPx = 48;
/** Screen pixels per image pixel at the strongest zoom. */
const strongestZoom = 64;
/** Screen pixels per image pixel from which pixels are shown as squares. */
const pixelatedFrom = 4;

/** The image point under a stage point. */
export function toImage(view: View, point: StagePoint): ImagePoint {
  return imagePoint((point.x - view.origin.x) / view.scale, (point.y - view.origin.y) / view.scale);
}

/** The stage point over an image point; the inverse of `toImage`. */
export function toStage(view: View, point: ImagePoint): StagePoint {
  return stagePoint(point.x * view.scale + view.origin.x, point.y * view.scale + view.origin.y);
}

/** Screen pixels per image pixel: 1 is "100 %" on every screen. */
export function zoomOf(view: View, scene: Scene): number {
  return view.scale * scene.pixelRatio;
}

/** The whole image, as large as it gets, in the middle. Small images are enlarged. */
export function fit(scene: Scene): View {
  const { image, stage } = scene;
  const room = (side: number) => Math.max(side - 2 * fitMarginPx, 1);
  const scale = Math.min(room(stage.width) / image.width, room(stage.height) / image.height);
  return {
    scale,
    origin: stagePoint((stage.width - image.width * scale) / 2, (stage.height - image.height * scale) / 2),
  };
}

/**
 * Whether pixels are shown as squares: they are large enough, and the person zoomed in to see them. A small image that
 * is enlarged to fit is smoothed, which is easier to recognise.
 */
export function isPixelated(view: View, scene: Scene): boolean {
  return zoomOf(view, scene) > pixelatedFrom && view.scale > fit(scene).scale * 1.001;
}

/** Weakest and strongest scale; both contain the fitted view and 100 %. */
function scaleRange(scene: Scene): { readonly least: number; readonly most: number } {
  const fitted = fit(scene).scale;
  const actual = 1 / scene.pixelRatio;
  return { least: Math.min(fitted, actual) / 4, most: Math.max(fitted * 4, actual * strongestZoom) };
}

function clampAxis(origin: number, length: number, stage: number): number {
  const kept = Math.min(keptPx, length, stage);
  return Math.min(Math.max(origin, kept - length), stage - kept);
}

/** Moves a view as little as it takes to keep a part of the image on the stage. */
export function clamp(view: View, scene: Scene): View {
  const { image, stage } = scene;
  return {
    scale: view.scale,
    origin: stagePoint(
      clampAxis(view.origin.x, image.width * view.scale, stage.width),
      clampAxis(view.origin.y, image.height * view.scale, stage.height),
    ),
  };
}

/** Shows the image at a scale with the image point under `at` left where it is. */
function scaleAt(
  view: View,
  scene: Scene,
  target: { readonly scale: number; readonly at: StagePoint },
): View {
  const { least, most } = scaleRange(scene);
  const scale = Math.min(Math.max(target.scale, least), most);
  const held = toImage(view, target.at);
  return clamp(
    { scale, origin: stagePoint(target.at.x - held.x * scale, target.at.y - held.y * scale) },
    scene,
  );
}

/** Zooms by a factor around a stage point, which keeps showing the same image point. */
export function zoomAt(
  view: View,
  scene: Scene,
  zoom: { readonly factor: number; readonly at: StagePoint },
): View {
  return scaleAt(view, scene, { scale: view.scale * zoom.factor, at: zoom.at });
}

/** One image pixel on one screen pixel, around a stage point. */
export function actualSize(view: View, scene: Scene, at: StagePoint): View {
  return scaleAt(view, scene, { scale: 1 / scene.pixelRatio, at });
}

/** Moves the image by a distance on the stage. */
export function panBy(view: View, scene: Scene, distance: StagePoint): View {
  const origin = stagePoint(view.origin.x + distance.x, view.origin.y + distance.y);
  return clamp({ scale: view.scale, origin }, scene);
}

/** The middle of the stage. */
export function middle(stage: StageSize): StagePoint {
  return stagePoint(stage.width / 2, stage.height / 2);
}

/** Whether two views look the same. */
export function isSameView(a: View, b: View): boolean {
  const near = (p: number, q: number) => Math.abs(p - q) < 0.01;
  return (
    Math.abs(a.scale / b.scale - 1) < 1e-4 && near(a.origin.x, b.origin.x) && near(a.origin.y, b.origin.y)
  );
}

/**
 * The view after the stage, the screen or the image changed: a fitted view is fitted again; otherwise what was in the
 * middle of the stage stays there at the same zoom, relative to the image where its size changed.
 */
export function follow(view: View, before: Scene, after: Scene): View {
  if (isSameView(view, fit(before))) return fit(after);
  const held = toImage(view, middle(before.stage));
  const scale = zoomOf(view, before) / after.pixelRatio;
  const at = middle(after.stage);
  const x = (held.x / before.image.width) * after.image.width;
  const y = (held.y / before.image.height) * after.image.height;
  return clamp({ scale, origin: stagePoint(at.x - x * scale, at.y - y * scale) }, after);
}
