import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { DataType } from './data-type.ts';
import { feeds, tensorType, type Dimension, type Model } from './model.ts';

export type Triple = readonly [number, number, number];

/** How a model wants its image: value = (pixel − mean) / std for pixels of 0–255; mean and std in the channels' order. */
export interface Preprocessing {
  /** The model's one input. */
  readonly input: string;
  readonly type: 'float32' | 'float16' | 'uint8';
  readonly layout: 'nchw' | 'nhwc';
  readonly channels: 'rgb' | 'bgr';
  /** Side of the square input; null: any. */
  readonly size: number | null;
  readonly mean: Triple;
  readonly std: Triple;
}

// What ImageNet models are trained with unless they say otherwise, scaled from 0–1 to 0–255.
const imageNetMean: Triple = [0.485 * 255, 0.456 * 255, 0.406 * 255];
const imageNetStd: Triple = [0.229 * 255, 0.224 * 255, 0.225 * 255];

/**
 * Reads how to prepare images from a model's input and its metadata (`input_mean`, `input_std`: one or three numbers
 * on the scale of 0–255 or 0–1; `input_layout`: such as "BGR NHWC"; `input_size`).
 * @param model must need one input only: cut it to the embedding first
 * @param subject names the file in a problem
 */
export function readPreprocessing(model: Model, subject: string): Result<Preprocessing> {
  const read = preprocessingOf(model);
  return typeof read === 'string' ? err(problem('unsupported', subject, read)) : ok(read);
}

/** The preprocessing, or the reason why there is none. */
function preprocessingOf(model: Model): Preprocessing | string {
  const input = imageInputOf(model);
  if (typeof input === 'string') return input;
  const layoutText = model.metadata.get('input_layout')?.toUpperCase() ?? '';
  const layout = layoutOf(input.dims, layoutText);
  if (layout === null) return `Its input ${input.name} has no 3 channels; only colour images are supported.`;
  const size = sizeOf(input.dims, layout) ?? statedSize(model.metadata);
  if (size === 'oblong') return `Its input ${input.name} is not square; only square images are supported.`;
  const channels = layoutText.includes('BGR') ? 'bgr' : 'rgb';
  const scaling = scalingOf(model.metadata, channels);
  if (scaling === null) return 'Its metadata input_mean and input_std must be one or three numbers each.';
  return { input: input.name, type: input.type, layout, channels, size, ...scaling };
}

type Dimensions = readonly [Dimension, Dimension, Dimension, Dimension];

function imageInputOf(
  model: Model,
): { name: string; type: Preprocessing['type']; dims: Dimensions } | string {
  const inputs = feeds(model.graph);
  const [input] = inputs;
  if (input === undefined || inputs.length > 1) {
    return `It takes ${inputs.length} inputs; a backbone takes one, the image.`;
  }
  const type = tensorType(input);
  const dims = fourOf(type?.dims ?? [null, null, null, null]);
  if (type === null || dims === null || !isPixelType(type.type)) {
    return `Its input ${input.name} is no image: a batch of float or uint8 pixels in 4 dimensions is needed.`;
  }
  return { name: input.name, type: type.type, dims };
}

function fourOf(dims: readonly Dimension[]): Dimensions | null {
  const [batch = null, second = null, third = null, fourth = null] = dims;
  return dims.length === 4 ? [batch, second, third, fourth] : null;
}

function isPixelType(type: DataType): type is Preprocessing['type'] {
  return type === 'float32' || type === 'float16' || type === 'uint8';
}

function layoutOf([, second, , fourth]: Dimensions, layoutText: string): Preprocessing['layout'] | null {
  const isStated = (layout: string): boolean => layoutText.includes(layout);
  const isGuessed = fourth === 3 && second !== 3 && !isStated('NCHW');
  const layout = isStated('NHWC') || isGuessed ? 'nhwc' : 'nchw';
  const channels = layout === 'nhwc' ? fourth : second;
  return typeof channels === 'number' && channels !== 3 ? null : layout;
}

function sizeOf(
  [, second, third, fourth]: Dimensions,
  layout: Preprocessing['layout'],
): number | null | 'oblong' {
  const [height, width] = layout === 'nchw' ? [third, fourth] : [second, third];
  if (typeof height !== 'number' || typeof width !== 'number') return null;
  return height === width ? height : 'oblong';
}

function statedSize(metadata: Model['metadata']): number | null {
  const size = Number(metadata.get('input_size'));
  return Number.isInteger(size) && size > 0 ? size : null;
}

function scalingOf(
  metadata: Model['metadata'],
  channels: Preprocessing['channels'],
): { mean: Triple; std: Triple } | null {
  const [meanText, stdText] = [metadata.get('input_mean'), metadata.get('input_std')];
  if (meanText === undefined && stdText === undefined) {
    const inOrder = (values: Triple): Triple =>
      channels === 'rgb' ? values : [values[2], values[1], values[0]];
    return { mean: inOrder(imageNetMean), std: inOrder(imageNetStd) };
  }
  const mean = parseTriple(meanText ?? '0');
  const std = parseTriple(stdText ?? '1');
  if (mean === null || std === null || std.includes(0)) return null;
  const isUnitScale = std.every((value) => value < 1) && mean.every((value) => value <= 1);
  return isUnitScale ? { mean: scaled(mean), std: scaled(std) } : { mean, std };
}

function parseTriple(text: string): Triple | null {
  const values = text
    .replace(/[[\]()]/g, '')
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map(Number);
  const [first, second, third] = values.length === 1 ? [values[0], values[0], values[0]] : values;
  if (values.length > 3 || first === undefined || second === undefined || third === undefined) return null;
  return [first, second, third].every(Number.isFinite) ? [first, second, third] : null;
}

function scaled([first, second, third]: Triple): Triple {
  return [first * 255, second * 255, third * 255];
}
