import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

it('sorts keys at every depth and leaves no white space', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'x"\n' }], a: {} })).toBe(
    '{"a":{},"b":[1,{"c":"x\\"\\n","d":null}]}',
  );
});

it('leaves out what is undefined', () => {
  expect(canonicalJson({ b: 1, a: undefined })).toBe('{"b":1}');
});

it('gives equal text for equal values, whatever the order of their keys, and loses nothing', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(turned(value))).toBe(text);
    }),
  );
});

/** The same value with the keys of every object in reverse. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, field]) => [key, turned(field)] as const);
  return Object.fromEntries(entries.reverse());
}
