import { must } from '#base/assert.ts';
import { int } from './attribute.ts';
import { ModelBuilder } from './builder.ts';
import type { HeadWeights } from './head-graph.ts';
import { feeds, opsetOf, tensorType, type Graph, type Model } from './model.ts';
import { renameValues } from './rename-values.ts';
import { namesOf } from './value-names.ts';
import { embeddingName } from './with-embedding.ts';

/**
 * Backbones of the same input side by side: each image's embedding is theirs, one after the other.
 * @param members `pixels` → `embedding` [N, dim], with the same operator sets
 * @returns `pixels` → `embedding` [N, members · dim]
 */
export function sideBySide(members: readonly Model[], dim: number): Model {
  const first = must(members[0], 'a member');
  const pixels = must(feeds(first.graph)[0], 'a backbone has an input');
  const builder = new ModelBuilder(first.graph.name, opsetOf(first));
  const { type, dims } = must(tensorType(pixels), 'a backbone takes a tensor');
  builder.input(pixels.name, type, must(dims, 'a backbone says the size of its input'));
  const embeddings = members.map(({ graph }, member) => {
    const own = withOwnNames(graph, pixels.name, `member${member}/`);
    for (const [name, tensor] of own.initializers) builder.constant(tensor, name);
    for (const node of own.nodes) builder.append({ ...node, name: '' });
    return must(own.outputs[0], 'a backbone has an output').name;
  });
  const joined = builder.node('Concat', embeddings, { axis: int(1) });
  builder.output(embeddingName, joined, { type: 'float32', dims: ['N', members.length * dim] });
  return { ...builder.metadata(Object.fromEntries(first.metadata)).build(), opsets: first.opsets };
}

/** All values but the input get names that no other member has. */
function withOwnNames(graph: Graph, input: string, prefix: string): Graph {
  const names = [...namesOf(graph)].filter((name) => name !== '' && name !== input);
  return renameValues(graph, new Map(names.map((name) => [name, prefix + name])));
}

/** The head on backbones side by side whose logits are the mean of the heads' logits. */
export function meanHead(heads: readonly HeadWeights[]): HeadWeights {
  const { classCount, dim } = must(heads[0], 'a head');
  const count = heads.length;
  const coefficients = new Float32Array(classCount * count * dim);
  const intercepts = new Float32Array(classCount);
  for (const [member, head] of heads.entries()) {
    for (let row = 0; row < classCount; row++) {
      const own = head.coefficients.subarray(row * dim, (row + 1) * dim);
      coefficients.set(
        own.map((value) => value / count),
        (row * count + member) * dim,
      );
      intercepts[row] = (intercepts[row] ?? 0) + (head.intercepts[row] ?? 0) / count;
    }
  }
  return { classCount, dim: count * dim, coefficients, intercepts };
}
