import type { Ops } from '../gradients/ops.ts';
import type { DomainValues } from './domain-term.ts';

/**
 * Deep CORAL (Sun & Saenko 2016): how much the covariances of two domains differ, ‖C₀ − C₁‖² / (4 · dim²); 0 where one of
 * them has fewer than two units in the batch. With A the centred embeddings, and f = 1 / (n₀ − 1) or −1 / (n₁ − 1) of
 * each unit, it is Σᵢⱼ fᵢ · fⱼ · (A · Aᵀ)ᵢⱼ² / (4 · dim²), which needs no matrix of dim × dim.
 * @returns a scalar
 */
export function coral(ops: Ops, { embedding, domains }: DomainValues): string {
  const [count = 0, dim = 0] = ops.dims(embedding);
  const isMember = [0, 1].map((domain) => ops.cast(ops.equal(domains, domain), 'float32'));
  const members = ops.concat(
    isMember.map((column) => ops.reshape(column, [count, 1])),
    1,
  );
  const sizes = ops.sum(members, [0], true);
  const centred = centredWithin(ops, { embedding, members, sizes });
  const signed = ops.div(ops.numbers([1, 2], [1, -1]), atLeastOne(ops, ops.sub(sizes, 1)));
  const factors = ops.sum(ops.mul(members, signed), [1], true);
  const products = ops.gemm(centred, centred, { b: true });
  const pairs = ops.mul(ops.mul(ops.mul(products, products), factors), ops.transpose(factors, [1, 0]));
  const difference = ops.mul(ops.sum(pairs, [0, 1]), 1 / (4 * dim * dim));
  return ops.keep(difference, ops.greater(ops.min(sizes, [0, 1]), 1));
}

/** Embeddings less the mean of their domain; zeros for units of neither. */
function centredWithin(
  ops: Ops,
  { embedding, members, sizes }: { embedding: string; members: string; sizes: string },
): string {
  const sums = ops.gemm(members, embedding, { a: true });
  const means = ops.div(sums, ops.transpose(atLeastOne(ops, sizes), [1, 0]));
  const kept = ops.mul(embedding, ops.sum(members, [1], true));
  return ops.sub(kept, ops.matMul(members, means));
}

function atLeastOne(ops: Ops, value: string): string {
  return ops.node('Max', [value, ops.scalar(1)]);
}
