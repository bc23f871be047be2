import { problem, ProblemError } from '#base/problem.ts';
import { subgraphs } from '../attribute.ts';
import { opsetOf, type Model, type Node } from '../model.ts';
import { movedAttributes } from './moved-attributes.ts';
import { raiseRules } from './raise-rules.ts';
import { rewrite, type Rewriter } from './rewriter.ts';

/** The version of the standard operators that models are brought to: the first where all axes are inputs. */
export const raisedOpset = 18;
/** Before it, elementwise operators had rules of their own for shapes that differ. */
const oldestOpset = 7;
/** The oldest file version that goes with the raised operators. */
const raisedIrVersion = 8;

/**
 * The model with its standard operators in the forms of operator set 18 (onnx/docs/Changelog.md): axes, splits, pads,
 * limits and ratios are inputs. Newer models stay as they are. Throws a ProblemError that names the operator when one
 * is in a form that is not understood.
 */
export function raiseOpset(model: Model): Model {
  const opset = opsetOf(model);
  if (opset >= raisedOpset) return model;
  if (opset < oldestOpset) {
    const reason = `It uses version ${opset} of the standard operators; export it with version ${raisedOpset}.`;
    throw new ProblemError(problem('unsupported', model.graph.name, reason));
  }
  const raised = rewrite(model, (node, graph) => (node.domain === '' ? raise(node, graph, opset) : null));
  return {
    ...raised,
    irVersion: Math.max(raised.irVersion, raisedIrVersion),
    opsets: new Map([...raised.opsets, ['', raisedOpset]]),
  };
}

function raise(node: Node, graph: Rewriter, opset: number): readonly Node[] | null {
  if (subgraphs(node).length > 0) throw notUnderstood(node, opset);
  const moved = movedAttributes(node, graph);
  const rule = raiseRules[node.opType];
  if (rule === undefined) return moved === node ? null : [moved];
  return rule({ node: moved, graph, opset, refuse: () => notUnderstood(node, opset) });
}

function notUnderstood(node: Node, opset: number): ProblemError {
  const reason = `Its ${node.opType} is in a form of operator set ${opset} that is not understood; export it with version ${raisedOpset}.`;
  return new ProblemError(problem('unsupported', node.name || (node.outputs[0] ?? node.opType), reason));
}
