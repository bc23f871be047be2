import { Tensor } from 'onnxruntime-node';
import { must } from '#base/assert.ts';
import { int } from '#graph/attribute.ts';
import { ModelBuilder } from '#graph/builder.ts';
import { dataTypeCode } from '#graph/data-type.ts';
import { writeModel } from '#graph/write-model.ts';
import type { Model } from '#graph/model.ts';
import type { Algebra, Matrix, Nearest, NearestOptions } from '#learn/algebra.ts';
import { openSession, runSession, type Session, type Tensors } from './session.ts';

// A block of similarities takes 16 MB: large enough for full speed, small beside the embeddings.
const blockElements = 4_000_000;
/** What a row of one's own group counts as; no inner product of finite rows is as low. */
const excluded = -3e38;

type Run = (feeds: Tensors) => Promise<Tensors>;

/** The algebra on onnxruntime: single precision, all cores. Sessions are made when first needed, and kept. */
export function onnxAlgebra(): Algebra {
  const sessions = new Map<string, Promise<Session>>();
  const sessionOf = (key: string, model: () => Model): Run => {
    return async (feeds) => {
      const session = sessions.get(key) ?? openSession(writeModel(model()), { subject: 'training' });
      sessions.set(key, session);
      return runSession(await session, feeds, 'training');
    };
  };
  return {
    multiply: async (a, b, options = {}) => {
      const { transposeA = false, transposeB = false } = options;
      const run = sessionOf(`${transposeA} ${transposeB}`, () => productModel(transposeA, transposeB));
      const { product } = await run({ a: tensorOf(a), b: tensorOf(b) });
      const rows = transposeA ? a.cols : a.rows;
      return { data: floatsOf(product), rows, cols: transposeB ? b.rows : b.cols };
    },
    nearest: (rows, options) => nearestRows(sessionOf('nearest', nearestModel), rows, options),
  };
}

function tensorOf({ data, rows, cols }: Matrix): Tensor {
  return new Tensor('float32', data instanceof Float32Array ? data : Float32Array.from(data), [rows, cols]);
}

function floatsOf(tensor: Tensor | undefined): Float32Array {
  return must(tensor, 'the model has this output').data as Float32Array;
}

function productModel(transposeA: boolean, transposeB: boolean): Model {
  const builder = new ModelBuilder('product');
  const a = builder.input('a', 'float32', ['A', 'B']);
  const b = builder.input('b', 'float32', ['C', 'D']);
  const product = builder.node('Gemm', [a, b], {
    transA: int(Number(transposeA)),
    transB: int(Number(transposeB)),
  });
  return builder.output('product', product, { type: 'float32', dims: ['R', 'S'] }).build();
}

/** Inner products of a block of rows with all rows, some struck out, and the best of each. */
function nearestModel(): Model {
  const builder = new ModelBuilder('nearest');
  const queries = builder.input('queries', 'float32', ['Q', 'D']);
  const keys = builder.input('keys', 'float32', ['N', 'D']);
  const struck = builder.input('struck', 'int64', ['M', 2]);
  const strikes = builder.input('strikes', 'float32', ['M']);
  const k = builder.input('k', 'int64', [1]);
  const products = builder.node('Gemm', [queries, keys], { transB: int(1) });
  const others = builder.node('ScatterND', [products, struck, strikes]);
  const [values, places] = builder.nodeOf('TopK', [others, k], { outputs: 2 }) as [string, string];
  const index = builder.node('Cast', [places], { to: int(dataTypeCode('int32')) });
  return builder
    .output('similarity', values, { type: 'float32', dims: ['Q', 'K'] })
    .output('index', index, { type: 'int32', dims: ['Q', 'K'] })
    .build();
}

async function nearestRows(run: Run, matrix: Matrix, { k, groups }: NearestOptions): Promise<Nearest> {
  const { rows, cols } = matrix;
  const keys = tensorOf(matrix);
  const reach = Math.min(k, rows);
  const best = {
    k,
    index: new Int32Array(rows * k).fill(-1),
    similarity: new Float32Array(rows * k).fill(-Infinity),
  };
  const members = rowsByGroup(groups);
  const size = Math.min(rows, 1024, Math.max(16, Math.floor(blockElements / rows)));
  for (let start = 0; start < rows; start += size) {
    const count = Math.min(size, rows - start);
    const block = (keys.data as Float32Array).subarray(start * cols, (start + count) * cols);
    const found = await run({
      keys,
      queries: new Tensor('float32', block, [count, cols]),
      k: new Tensor('int64', BigInt64Array.of(BigInt(reach)), [1]),
      ...strikesOf(groups.subarray(start, start + count), members),
    });
    const values = floatsOf(found.similarity);
    const places = must(found.index, 'the model has this output').data as Int32Array;
    for (let at = 0; at < count * reach; at++) {
      if ((values[at] as number) <= excluded) continue;
      const to = (start + Math.floor(at / reach)) * k + (at % reach);
      best.index[to] = places[at] as number;
      best.similarity[to] = values[at] as number;
    }
  }
  return best;
}

function rowsByGroup(groups: Int32Array): ReadonlyMap<number, readonly number[]> {
  const members = new Map<number, number[]>();
  for (const [row, group] of groups.entries()) {
    const rows = members.get(group);
    if (rows === undefined) members.set(group, [row]);
    else rows.push(row);
  }
  return members;
}

/** Where in a block of products a row meets its own group. */
function strikesOf(groups: Int32Array, members: ReadonlyMap<number, readonly number[]>): Tensors {
  const cells: number[] = [];
  for (const [query, group] of groups.entries()) {
    for (const row of members.get(group) ?? []) cells.push(query, row);
  }
  return {
    struck: new Tensor('int64', BigInt64Array.from(cells, BigInt), [cells.length / 2, 2]),
    strikes: new Tensor('float32', new Float32Array(cells.length / 2).fill(excluded), [cells.length / 2]),
  };
}
