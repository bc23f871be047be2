import type { Model } from '#graph/model.ts';
import type { Provider } from '../session.ts';
import { forward, type Images } from './forward.ts';

/** Logits of images under a network with its numbers stored: positions × classes. */
export async function logitsOf(
  network: Model,
  images: Images,
  provider: Provider,
): Promise<Float32Array<ArrayBuffer>> {
  const parts: Float32Array[] = [];
  for await (const part of forward(network, images, { output: 'logits', provider })) parts.push(part);
  return joined(parts);
}

/** Numbers of several parts, one after the other. */
export function joined(parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}
