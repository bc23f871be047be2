import { expect, test } from 'vitest';
import { ModelBuilder } from './builder.ts';
import type { DataType } from './data-type.ts';
import type { Dimension } from './model.ts';
import { readPreprocessing } from './preprocessing.ts';

interface Input {
  readonly dims: readonly Dimension[];
  readonly type?: DataType;
  readonly metadata?: Readonly<Record<string, string>>;
}

function read({ dims, type = 'float32', metadata = {} }: Input): unknown {
  const builder = new ModelBuilder('m').metadata(metadata);
  const image = builder.input('image', type, dims);
  builder.output('y', builder.node('Relu', [image]), { type, dims });
  const result = readPreprocessing(builder.build(), 'm.onnx');
  return result.ok ? result.value : result.error.reason;
}

test('the metadata of a file says it all', () => {
  const metadata = {
    input_mean: '127.5',
    input_std: '128,128,64',
    input_layout: 'RGB NCHW',
    input_size: '224',
  };
  expect(read({ dims: ['N', 3, 'H', 'W'], metadata })).toEqual({
    ...{ input: 'image', type: 'float32', layout: 'nchw', channels: 'rgb', size: 224 },
    ...{ mean: [127.5, 127.5, 127.5], std: [128, 128, 64] },
  });
});

test('numbers between 0 and 1 are meant for pixels between 0 and 1', () => {
  const metadata = { input_mean: '[0.5, 0.5, 0.5]', input_std: '0.5 0.5 0.25' };
  expect(read({ dims: [1, 3, 32, 32], metadata })).toMatchObject({
    mean: [127.5, 127.5, 127.5],
    std: [127.5, 127.5, 63.75],
  });
});

test('without metadata: ImageNet, in the order of the channels', () => {
  expect(read({ dims: [1, 3, 32, 32] })).toMatchObject({
    size: 32,
    mean: [0.485 * 255, 0.456 * 255, 0.406 * 255],
  });
  expect(read({ dims: [1, 3, 32, 32], metadata: { input_layout: 'BGR' } })).toMatchObject({
    ...{ channels: 'bgr', layout: 'nchw' },
    ...{ mean: [0.406 * 255, 0.456 * 255, 0.485 * 255], std: [0.225 * 255, 0.224 * 255, 0.229 * 255] },
  });
});

test.each<[string, Input, unknown]>([
  ['channels last by shape', { dims: ['N', 64, 64, 3] }, { layout: 'nhwc', size: 64 }],
  [
    'channels last by metadata',
    { dims: ['N', 'H', 'W', 'C'], metadata: { input_layout: 'NHWC' } },
    { layout: 'nhwc' },
  ],
  ['any size', { dims: ['N', 3, 'H', 'W'] }, { size: null }],
  [
    'the shape wins over the metadata',
    { dims: ['N', 3, 96, 96], metadata: { input_size: '224' } },
    { size: 96 },
  ],
])('%s', (_, input, expected) => {
  expect(read(input)).toMatchObject(expected as object);
});

test.each<[string, Input]>([
  ['colour', { dims: ['N', 1, 28, 28] }],
  ['square', { dims: ['N', 3, 256, 128] }],
  ['no image', { dims: ['N', 768] }],
  ['no image', { dims: ['N', 3, 32, 32], type: 'int64' }],
  ['input_mean', { dims: ['N', 3, 32, 32], metadata: { input_mean: 'grey' } }],
  ['input_std', { dims: ['N', 3, 32, 32], metadata: { input_std: '0,0,0' } }],
])('refuses with a word on: %s', (word, input) => {
  expect(read(input)).toContain(word);
});

test('a model that needs more than the image is refused', () => {
  const builder = new ModelBuilder('two');
  const type = { type: 'float32', dims: ['N'] } as const;
  builder.output(
    'y',
    builder.node('Add', [builder.input('a', 'float32', ['N']), builder.input('b', 'float32', ['N'])]),
    type,
  );
  const result = readPreprocessing(builder.build(), 'two.onnx');
  expect(result).toMatchObject({ ok: false, error: { subject: 'two.onnx' } });
});
