import { ProblemError } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import { feeds, type Model } from '../model.ts';
import { sizedValue, type Sizes } from '../shapes/infer-types.ts';
import { dropIdentities } from './drop-identities.ts';
import { foldBatchNormalization } from './fold-batch-normalization.ts';
import { foldConstants } from './fold-constants.ts';
import { foldPadding } from './fold-padding.ts';
import { raiseOpset } from './raise-opset.ts';
import { withoutUnread } from './rewriter.ts';

const passes = [foldConstants, dropIdentities, foldBatchNormalization, foldPadding];

/**
 * A model that computes the same with as little as possible, in the forms of operator set 18: what training and
 * export start from. Only sizes given here are filled in; the model then runs with these only.
 * @param sizes for names of dimensions of its inputs, such as `{ batch: 32 }`
 * @param subject names the file in a problem: an operator in a form that is not understood, or sizes that don't fit
 */
export function simplify(model: Model, sizes: Sizes, subject: string): Result<Model> {
  try {
    return ok(toFixedPoint(raiseOpset(withSizes(withoutUnread(model), sizes))));
  } catch (error) {
    if (error instanceof ProblemError) return err({ ...error.problem, subject });
    throw error;
  }
}

/** Every pass makes the model smaller, or takes a computed value away, so this ends. */
function toFixedPoint(model: Model): Model {
  const next = passes.reduce((simpler, pass) => pass(simpler), model);
  return next === model ? model : toFixedPoint(next);
}

/** Older files list stored numbers among the inputs; nobody feeds them here. */
function withSizes(model: Model, sizes: Sizes): Model {
  const { graph } = model;
  const inputs = feeds(graph).map((input) => sizedValue(input, sizes));
  const outputs = graph.outputs.map((output) => sizedValue(output, sizes));
  return { ...model, graph: { ...graph, inputs, outputs } };
}
