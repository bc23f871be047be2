import { attributeOf } from './attribute.ts';
import type { Node } from './model.ts';
import { float32Tensor, int64Tensor, type Tensor } from './tensor.ts';

/** The numbers of a Constant node, in whichever of its forms; null for other nodes, sparse tensors and texts. */
export function constantTensor(node: Node): Tensor | null {
  if (node.opType !== 'Constant' || node.domain !== '') return null;
  const value = attributeOf(node, 'value', 'tensor');
  const int = attributeOf(node, 'value_int', 'int');
  const ints = attributeOf(node, 'value_ints', 'ints');
  const float = attributeOf(node, 'value_float', 'float');
  const floats = attributeOf(node, 'value_floats', 'floats');
  if (value !== undefined) return value;
  if (int !== undefined) return int64Tensor([], [int]);
  if (ints !== undefined) return int64Tensor([ints.length], ints);
  if (float !== undefined) return float32Tensor([], [float]);
  return floats === undefined ? null : float32Tensor([floats.length], floats);
}
