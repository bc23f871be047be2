import fc from 'fast-check';
import { expect, test } from 'vitest';
import { must } from '#base/assert.ts';
import { dataTypeCode, dataTypes, rawSize, type DataType } from './data-type.ts';
import { opsetOf, type Attribute, type Graph, type Model, type ValueInfo } from './model.ts';
import { parseModel } from './parse-model.ts';
import { parseTensor } from './parse-tensor.ts';
import { elementCount, readFloat32, readIntegers, type Tensor } from './tensor.ts';
import { encodeWire, toWireInteger } from './wire.ts';
import { writeModel } from './write-model.ts';

const name = fc.string({ minLength: 1, maxLength: 6 });
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const float = fc.float({ noNaN: true });
const bytes = (length: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength: length, maxLength: length });
/** A field that the representation does not know: number 100, length-delimited, three bytes. */
const rest = fc.constantFrom<Uint8Array[]>([], [Uint8Array.of(0xa2, 0x06, 3, 1, 2, 3)]);

const tensor: fc.Arbitrary<Tensor> = fc
  .tuple(fc.constantFrom(...dataTypes.slice(1)), fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }))
  .chain(([type, dims]): fc.Arbitrary<Tensor> => {
    const count = elementCount(dims);
    if (type === 'string') {
      const strings = fc.array(fc.uint8Array({ maxLength: 4 }), { minLength: count, maxLength: count });
      return strings.map((values) => ({ type, dims, strings: values }));
    }
    return bytes(rawSize(type, count)).map((raw) => ({ type: type as 'float32', dims, raw }));
  });

const valueInfo: fc.Arbitrary<ValueInfo> = fc.record({
  name,
  type: fc.oneof(
    fc.record({
      kind: fc.constant('tensor' as const),
      type: fc.constantFrom(...dataTypes),
      dims: fc.option(fc.array(fc.oneof(fc.nat(), name, fc.constant(null)), { maxLength: 4 })),
    }),
    fc.record({ kind: fc.constant('other' as const), rest }),
  ),
});

function attribute(depth: number): fc.Arbitrary<Attribute> {
  const plain = [
    fc.record({ kind: fc.constant('float' as const), value: float }),
    fc.record({ kind: fc.constant('int' as const), value: int64 }),
    fc.record({ kind: fc.constant('string' as const), value: fc.string({ unit: 'grapheme' }) }),
    fc.record({ kind: fc.constant('tensor' as const), value: tensor }),
    fc.record({ kind: fc.constant('floats' as const), value: fc.array(float) }),
    fc.record({ kind: fc.constant('ints' as const), value: fc.array(int64) }),
    fc.record({ kind: fc.constant('strings' as const), value: fc.array(fc.string()) }),
    fc.record({ kind: fc.constant('tensors' as const), value: fc.array(tensor, { maxLength: 2 }) }),
    fc.record({ kind: fc.constant('other' as const), code: fc.constant(11), rest }),
  ];
  if (depth === 0) return fc.oneof(...plain);
  const inner = graph(depth - 1);
  return fc.oneof(
    ...plain,
    fc.record({ kind: fc.constant('graph' as const), value: inner }),
    fc.record({ kind: fc.constant('graphs' as const), value: fc.array(inner, { maxLength: 2 }) }),
  );
}

function map<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Map<string, Value>> {
  return fc.array(fc.tuple(name, value), { maxLength: 3 }).map((entries) => new Map(entries));
}

function graph(depth: number): fc.Arbitrary<Graph> {
  const names = fc.array(fc.string({ maxLength: 4 }), { maxLength: 3 });
  const node = fc.record({
    name,
    opType: name,
    domain: fc.constantFrom('', 'com.microsoft'),
    inputs: names,
    outputs: names,
    attributes: map(attribute(depth)),
    rest,
  });
  const values = fc.array(valueInfo, { maxLength: 3 });
  return fc.record({
    name,
    nodes: fc.array(node, { maxLength: 4 }),
    initializers: map(tensor),
    inputs: values,
    outputs: values,
    values,
    rest,
  });
}

const model: fc.Arbitrary<Model> = fc.record({
  irVersion: fc.nat(20),
  opsets: fc.nat(30).map((version) => new Map([['', version]])),
  producer: name,
  metadata: map(fc.string()),
  graph: graph(1),
  rest,
});

test('every model comes back as it was written', () => {
  const property = fc.property(model, (original) => {
    const parsed = parseModel(writeModel(original), 'm.onnx');
    expect(normal(parsed.ok ? parsed.value : parsed.error)).toEqual(normal(original));
  });
  fc.assert(property, { numRuns: 300, seed: 1 });
});

/** Bytes as plain lists: a Buffer and a Uint8Array of the same bytes count as equal. */
function normal(value: unknown): unknown {
  if (value instanceof Uint8Array) return [...value];
  if (value instanceof Map) return [...value].map(normal);
  if (Array.isArray(value)) return value.map(normal);
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, normal(inner)]));
}

test('what is no ONNX model is told, whatever the bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (garbage) => {
      const parsed = parseModel(garbage, 'garbage.onnx');
      expect(parsed).toMatchObject({ ok: false, error: { subject: 'garbage.onnx' } });
    }),
    { numRuns: 500, seed: 1 },
  );
});

test('the standard operators are found under both names of their domain', () => {
  const whole = must(fc.sample(model, { seed: 5, numRuns: 1 })[0], 'a sample');
  const parsed = parseModel(writeModel({ ...whole, opsets: new Map([['ai.onnx', 18]]) }), 'm.onnx');
  expect(parsed.ok && opsetOf(parsed.value)).toBe(18);
});

test('weights in a second file are told', () => {
  const external = encodeWire({
    ...{ irVersion: toWireInteger(8), producerName: '', metadataProps: [] },
    opsetImport: [{ domain: '', version: toWireInteger(17) }],
    graph: {
      ...{ name: '', node: [], input: [], output: [], valueInfo: [] },
      initializer: [{ name: 'w', dims: [toWireInteger(4)], dataType: 1, dataLocation: 1 }],
    },
  });
  const parsed = parseModel(external, 'big.onnx');
  expect(parsed).toMatchObject({ ok: false, error: { code: 'unsupported', subject: 'big.onnx' } });
});

test('numbers in typed lists are read like raw ones', () => {
  const int32 = (type: DataType, values: number[]): Tensor =>
    parseTensor({ dims: [toWireInteger(values.length)], dataType: dataTypeCode(type), int32Data: values });
  expect(int32('float16', [0x3c00, 0xbc00])).toMatchObject({ raw: Uint8Array.of(0, 0x3c, 0, 0xbc) });
  expect(int32('int8', [-1, 5])).toMatchObject({ raw: Uint8Array.of(255, 5) });
  expect(readIntegers(int32('int32', [-7, 9]))).toEqual([-7n, 9n]);
  const floats = parseTensor({ dims: [toWireInteger(2)], dataType: 1, floatData: [0.5, -2] });
  expect([...readFloat32(floats)]).toEqual([0.5, -2]);
  const short = (): Tensor => parseTensor({ dims: [toWireInteger(3)], dataType: 1, floatData: [0.5, -2] });
  expect(short).toThrow('more or fewer');
});

test('a file cut off anywhere is a problem or a smaller model, never an exception', () => {
  const whole = must(fc.sample(model, { seed: 5, numRuns: 1 })[0], 'a sample');
  const written = writeModel(whole);
  for (let length = 0; length < written.length; length += 7) {
    expect(() => parseModel(written.subarray(0, length), 'cut.onnx')).not.toThrow();
  }
});
