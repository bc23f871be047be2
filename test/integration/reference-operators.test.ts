import fc from 'fast-check';
import { expect, test } from 'vitest';
import { must } from '#base/assert.ts';
import { ModelBuilder, standardOpset } from '#graph/builder.ts';
import { shapeRules } from '#graph/shapes/rules.ts';
import { runOnnx } from '../support/onnxruntime.ts';
import { addCase, addInputs, caseOf, feedsOf, operatorCases } from '../support/operator-cases/all.ts';
import type { OperatorCase } from '../support/operator-cases/case.ts';
import { evaluate, programOf, referenceOperators, type Feeds } from '../support/reference/evaluate.ts';
import type { Value } from '../support/reference/value.ts';

const casesPerModel = 12;

/** Several cases in one model, because starting a session takes longer than running it. */
async function checkCases(cases: readonly OperatorCase[], opset: number): Promise<void> {
  const builder = new ModelBuilder('cases', opset);
  const feeds = Object.assign({}, ...cases.map((each, i) => feedsOf(each, `case${i}`))) as Feeds;
  addInputs(builder, feeds);
  const added = cases.map((each, i) => addCase(builder, each, `case${i}`));
  for (const name of added.flat()) {
    const { type, dims } = must(builder.facts(name), `facts of ${name}`);
    builder.output(`${name}_out`, name, { type, dims });
  }
  const expected = evaluate(programOf(builder), feeds);
  const actual = await runOnnx(builder.build(), feeds);
  added.forEach((outputs, i) => {
    for (const name of outputs) {
      const found = must(actual.get(`${name}_out`), name);
      const { type, dims } = must(builder.facts(name), `facts of ${name}`);
      expect({ type, dims }, describeCase(cases[i])).toEqual({ type: found.type, dims: found.dims });
      expectSame(found, must(expected.get(name), name), describeCase(cases[i]));
    }
  });
}

function describeCase(each: OperatorCase | undefined): string {
  const { opType, inputs = [], attributes = {} } = each ?? {};
  const shapes = inputs.map((value) => (value?.type === 'int64' ? [...value.data] : value?.dims));
  const settings = Object.entries(attributes).map(([name, { kind, ...rest }]) => {
    const value = kind === 'other' ? kind : (rest as { value: unknown }).value;
    return `${name}=${kind === 'tensor' ? kind : String(value)}`;
  });
  return `${opType} ${JSON.stringify(shapes)} ${settings.join(' ')}`;
}

function expectSame(actual: Value, expected: Value, name: string): void {
  expect(expected.dims, name).toEqual(actual.dims);
  expect(expected.type, name).toBe(actual.type);
  expected.data.forEach((x, at) => {
    const isClose = Math.abs(x - (actual.data[at] ?? NaN)) <= 1e-5 * Math.max(1, Math.abs(x));
    if (!isClose) expect.fail(`${name}: at ${at} onnxruntime has ${actual.data[at]}, the reference ${x}`);
  });
}

test.each(Object.keys(operatorCases))(
  '%s: the reference and the inferred shape are onnxruntime’s',
  async (name) => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const cases = Array.from({ length: casesPerModel }, (_, i) => caseOf(name, seed + i));
        const opsets = new Set(cases.map(({ opset = standardOpset }) => opset));
        for (const opset of opsets) {
          await checkCases(
            cases.filter((each) => (each.opset ?? standardOpset) === opset),
            opset,
          );
        }
      }),
      { numRuns: 4 },
    );
  },
);

test('every operator whose shape is inferred is in the reference and in these cases', () => {
  const tried = new Set(Object.keys(operatorCases).map((name) => caseOf(name, 1).opType));
  const untried = Object.keys(shapeRules).filter((name) => !tried.has(name) || !referenceOperators.has(name));
  expect(untried).toEqual([]);
});
