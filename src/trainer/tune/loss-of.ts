import { must } from '#base/assert.ts';
import { problem, ProblemError } from '#base/problem.ts';
import type { LossChoice } from '#contract/training.ts';
import { balancedSoftmax } from '#graph/losses/balanced-softmax.ts';
import { binaryCrossEntropy } from '#graph/losses/binary-cross-entropy.ts';
import { classLevels, type ClassTree } from '#graph/losses/class-tree.ts';
import { classWeights, weightedCrossEntropy } from '#graph/losses/class-weights.ts';
import { crossEntropy } from '#graph/losses/cross-entropy.ts';
import { focalLoss } from '#graph/losses/focal.ts';
import { hierarchicalCrossEntropy, softLabelCrossEntropy, softLabels } from '#graph/losses/hierarchical.ts';
import type { Loss } from '#graph/losses/loss.ts';
import { supervisedContrastive } from '#graph/losses/supervised-contrastive.ts';
import { tripletLoss } from '#graph/losses/triplet.ts';
import type { JobOf } from '../job-context.ts';

/** What losses may ask about the classes. */
export interface Classes {
  /** Labels that are trained on, of each class. */
  readonly counts: readonly number[];
  /** The taxonomy, as in a tune job. */
  readonly parents: Int32Array | null;
}

/** Labels of each class that a job trains on. */
export function countLabels({
  labels,
  train,
  classCount,
}: Pick<JobOf<'tune'>, 'labels' | 'train' | 'classCount'>): readonly number[] {
  const counts = Array.from({ length: classCount }, () => 0);
  for (const position of train) {
    const label = must(labels[position], 'a trained image has a label');
    if (label >= 0) counts[label] = must(counts[label], 'a class') + 1;
  }
  return counts;
}

/** The loss that a person chose; throws a ProblemError where the classes do not suit it. */
export function lossOf(choice: LossChoice, classes: Classes): Loss {
  const { counts } = classes;
  switch (choice.kind) {
    case 'cross-entropy':
      return plain;
    case 'class-weights':
      return (ops, values) => weightedCrossEntropy(ops, values, classWeights(counts, choice.beta));
    case 'balanced-softmax':
      return (ops, values) => balancedSoftmax(ops, values, { counts, tau: choice.tau });
    case 'focal':
      return (ops, values) => focalLoss(ops, values, choice.gamma);
    case 'binary':
      return binaryCrossEntropy;
    case 'hierarchical':
      return hierarchical(treeOf(classes), choice.share);
    case 'soft-labels':
      return softLabelled(treeOf(classes), choice.beta);
    case 'triplet':
      return withTerm((ops, values) => tripletLoss(ops, values, choice.margin), choice.weight);
    case 'supervised-contrastive':
      return withTerm((ops, values) => supervisedContrastive(ops, values, choice.temperature), choice.weight);
  }
}

const plain: Loss = (ops, { logits, targets }) => crossEntropy(ops, logits, targets);

/** The level of the classes weighs 1, each one above `share` times the one below it. */
function hierarchical(tree: ClassTree, share: number): Loss {
  const levels = classLevels(tree);
  const weights = levels.map((_, level) => share ** (levels.length - 1 - level));
  return (ops, values) => hierarchicalCrossEntropy(ops, values, { levels, weights });
}

function softLabelled(tree: ClassTree, beta: number): Loss {
  const rows = softLabels(tree, beta);
  return (ops, values) => softLabelCrossEntropy(ops, values, rows);
}

function withTerm(term: Loss, weight: number): Loss {
  return (ops, values) => ops.add(plain(ops, values), ops.mul(term(ops, values), weight));
}

function treeOf({ counts, parents }: Classes): ClassTree {
  const tree = parents === null ? null : { parents, classCount: counts.length };
  if (tree !== null && classLevels(tree).length > 1) return tree;
  const reason = 'The classes are not grouped; put them under common classes first, or choose another loss.';
  throw new ProblemError(problem('unsupported', 'loss', reason));
}
