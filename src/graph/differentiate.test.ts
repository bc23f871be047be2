import { expect, test } from 'vitest';
import { checkGradients, withGradients } from '#test/support/gradient-check.ts';
import { evaluate, programOf } from '#test/support/reference/evaluate.ts';
import { real, type Value } from '#test/support/reference/value.ts';
import { Picker } from '#test/support/operator-cases/case.ts';
import { must } from '#base/assert.ts';
import { seededRandom } from '#base/random.ts';
import { graph, int, ints } from './attribute.ts';
import { ModelBuilder } from './builder.ts';
import { dataTypeCode } from './data-type.ts';
import { differentiate } from './differentiate.ts';
import { Ops } from './gradients/ops.ts';
import type { Model } from './model.ts';
import { float32Tensor } from './tensor.ts';

const pick = new Picker(seededRandom(5));
const x = real([2, 3], [0.5, -0.25, 1.1, -1.5, 2.2, 0.75]);

test('a value that many nodes read gets the sum of what they pass back', async () => {
  await checkGradients({
    feeds: { x },
    build: (builder) => {
      const ops = new Ops(builder);
      const square = ops.mul('x', 'x');
      return [ops.add(ops.mul(square, 'x'), ops.sub(square, ops.node('Tanh', ['x'])))];
    },
  });
});

test('with respect to a value in the middle', async () => {
  let middle = '';
  await checkGradients({
    feeds: { x },
    build: (builder) => {
      middle = builder.node('Exp', ['x']);
      return [builder.node('Mul', [middle, builder.node('Tanh', [middle])])];
    },
    of: () => [middle, 'x'],
  });
});

test('with respect to stored numbers', async () => {
  await checkGradients({
    feeds: { x },
    build: (builder) => {
      const weight = builder.constant(float32Tensor([3, 2], [1, 2, -1, 0.5, 0.25, -2]), 'weight');
      return [builder.node('MatMul', ['x', weight])];
    },
    of: () => ['weight'],
  });
});

test('a value that the loss does not depend on has the gradient 0', () => {
  const unused = real([2], [1, 2]);
  const { builder, gradients } = withGradients({
    feeds: { x, unused },
    build: (b) => {
      b.node('Exp', ['unused']);
      return [b.node('Exp', ['x'])];
    },
  });
  const values = evaluate(programOf(builder), { x, unused });
  expect(values.get(must(gradients[1], 'a gradient'))).toEqual(real([2], [0, 0]));
});

test('whole numbers and conditions pass nothing back', async () => {
  await checkGradients({
    feeds: { x },
    build: (builder) => {
      const ops = new Ops(builder);
      const isPositive = ops.greater('x', 0);
      const rounded = ops.cast(ops.cast('x', 'int64'), 'float32');
      const chosen = ops.where(isPositive, ops.mul('x', 3), ops.node('Exp', ['x']));
      return [ops.mul(ops.add(chosen, ops.cast(isPositive, 'float32')), ops.add(rounded, 1))];
    },
  });
});

test('elements taken by positions that are computed while running', async () => {
  const places: Value = real([2, 2], [1.5, 2.5, 2.25, -1.5]);
  await checkGradients({
    feeds: { x, places },
    build: (builder) => {
      const computed = new Ops(builder).cast('places', 'int64');
      return [builder.node('Gather', ['x', computed], { axis: int(1) })];
    },
  });
});

test('a small network, with respect to its images and all its weights', async () => {
  const feeds = {
    images: pick.normal([2, 2, 6, 6]),
    filter: pick.normal([3, 2, 3, 3]),
    scale: pick.normal([3]),
    bias: pick.normal([3]),
    weight: pick.normal([12, 4]),
  };
  await checkGradients({
    feeds,
    build: (builder) => {
      const convolved = builder.node('Conv', ['images', 'filter'], { pads: ints([1, 1, 1, 1]) });
      const zeros = builder.constant(float32Tensor([3], [0, 0, 0]));
      const ones = builder.constant(float32Tensor([3], [1, 1, 1]));
      const [normal = ''] = builder.nodeOf('BatchNormalization', [convolved, 'scale', 'bias', zeros, ones], {
        outputs: 3,
        attributes: { training_mode: int(1) },
      });
      const active = builder.node('HardSwish', [normal]);
      const pooled = builder.node('AveragePool', [active], {
        kernel_shape: ints([3, 3]),
        strides: ints([3, 3]),
      });
      const scores = builder.node('MatMul', [builder.node('Flatten', [pooled]), 'weight']);
      return [builder.node('LogSoftmax', [scores])];
    },
  });
});

test('the gradient of a gradient', async () => {
  await checkGradients({
    feeds: { x },
    build: (builder) => {
      const ops = new Ops(builder);
      const loss = ops.sum(ops.mul('x', ops.node('Tanh', ['x'])), [0, 1]);
      const slope = differentiate(builder, { loss, of: ['x'] });
      return slope.ok ? slope.value : [];
    },
  });
});

/** What is said of a graph of x [2, 3] that can't be differentiated. */
function refusal(build: (builder: ModelBuilder) => string, change = (model: Model): Model => model): string {
  const builder = new ModelBuilder('refused');
  builder.input('x', 'float32', [2, 3]);
  builder.output('y', build(builder), { type: 'float32', dims: [2, 3] });
  const changed = ModelBuilder.of(change(builder.build()));
  const loss = changed.node('ReduceSum', ['y'], { keepdims: int(0) });
  const result = differentiate(changed, { loss, of: ['x'] });
  return result.ok ? 'none' : `${result.error.subject}: ${result.error.reason}`;
}

test('an operator without a rule is named', () => {
  expect(refusal((builder) => builder.node('Selu', ['x']))).toMatch(/^y: Its operator Selu can't be trained/);
});

test('an operator whose output is not understood is named, not passed over', () => {
  const reason = refusal((builder) => builder.node('Relu', [builder.node('Gizmo', ['x'])]));
  expect(reason).toContain('Its operator Gizmo');
});

test('an operator of another domain is not taken for the standard one', () => {
  const relu = (builder: ModelBuilder): string => builder.node('Relu', ['x']);
  const foreign = (model: Model): Model => ({
    ...model,
    graph: { ...model.graph, nodes: model.graph.nodes.map((node) => ({ ...node, domain: 'com.example' })) },
  });
  expect(refusal(relu)).toBe('none');
  expect(refusal(relu, foreign)).toContain('Its operator Relu');
});

test('half precision on the way is refused', () => {
  const reason = refusal((builder) => {
    const half = builder.node('Cast', ['x'], { to: int(dataTypeCode('float16')) });
    return builder.node('Cast', [half], { to: int(dataTypeCode('float32')) });
  });
  expect(reason).toContain('Its operator Cast');
});

test('a branch that reads a value from around it is on the way', () => {
  const reason = refusal((builder) => {
    const inner = new ModelBuilder('branch');
    inner.input('x', 'float32', [2, 3]);
    inner.output('z', inner.node('Exp', ['x']), { type: 'float32', dims: [2, 3] });
    const branch = graph({ ...inner.build().graph, inputs: [] });
    const condition = builder.input('condition', 'bool', []);
    return builder.node('If', [condition], { then_branch: branch, else_branch: branch });
  });
  expect(reason).toContain('Its operator If');
});

test('a setting that no rule covers is named', () => {
  const dropout = (builder: ModelBuilder): string => {
    const ratio = builder.constant(float32Tensor([], [0.5]));
    return builder.node('Dropout', ['x', ratio, builder.input('training', 'bool', [])]);
  };
  expect(refusal(dropout)).toContain('it may drop at random');
});

test('what the loss does not need may be anything', () => {
  const reason = refusal((builder) => {
    builder.node('Gizmo', ['x']);
    return builder.node('Relu', ['x']);
  });
  expect(reason).toBe('none');
});
