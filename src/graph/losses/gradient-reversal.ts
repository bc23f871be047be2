import { int } from '../attribute.ts';
import type { Ops } from '../gradients/ops.ts';
import { float32Tensor, type Tensor } from '../tensor.ts';
import { binaryCrossEntropy } from './binary-cross-entropy.ts';
import type { DomainValues } from './domain-term.ts';

const names = { weight: 'domain weight', bias: 'domain bias' };

/** What tells domains apart by the embedding: a linear layer, as in the shallow network of Ganin et al. 2016. */
export function domainClassifier(dim: number): ReadonlyMap<string, Tensor> {
  return new Map([
    [names.weight, float32Tensor([1, dim], new Float32Array(dim))],
    [names.bias, float32Tensor([1], [0])],
  ]);
}

/**
 * Domain-adversarial training (Ganin & Lempitsky 2015): minus the mean loss of a classifier of domains. The network
 * makes it small, so that its embedding tells nothing of the domain, and the classifier, an opponent, makes it large:
 * the saddle point of their eq. 2 and 3. Their reversal of the gradient between the two is its sign here: the embedding
 * gets −1 times the gradient by which the classifier descends.
 * @returns a scalar; 0 for a batch without domains
 */
export function reversedDomainLoss(ops: Ops, { embedding, domains }: DomainValues): string {
  const [count = 0] = ops.dims(embedding);
  const logits = ops.node('Gemm', [embedding, names.weight, names.bias], { transB: int(1) });
  const losses = binaryCrossEntropy(ops, { logits, targets: ops.reshape(domains, [count, 1]) });
  const isPart = ops.cast(ops.greater(domains, -0.5), 'float32');
  const size = ops.node('Max', [ops.sum(isPart, [0]), ops.scalar(1)]);
  return ops.neg(ops.div(ops.sum(losses, [0]), size));
}
