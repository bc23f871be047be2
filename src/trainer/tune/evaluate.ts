import { must } from '#base/assert.ts';
import { writeModel } from '#graph/write-model.ts';
import type { Model } from '#graph/model.ts';
import { openSession, runSession, type Provider } from '../session.ts';
import type { InputReader } from './batch-source.ts';

const batch = 64;

export interface Images {
  readonly inputs: InputReader;
  readonly positions: Int32Array;
}

/** Logits of images under a network with its numbers stored: positions × classes. */
export async function logitsOf(
  network: Model,
  { inputs, positions }: Images,
  provider: Provider,
): Promise<Float32Array<ArrayBuffer>> {
  const session = await openSession(writeModel(network), { subject: 'network', provider });
  const [input] = session.inputNames;
  const parts: Float32Array[] = [];
  for (let start = 0; start < positions.length; start += batch) {
    const part = positions.subarray(start, start + batch);
    const feeds = { [must(input, 'an input')]: await inputs.read(part, part.length, start) };
    const { logits } = await runSession(session, feeds, 'network');
    parts.push(must(logits, 'logits').data as Float32Array);
  }
  await session.release();
  return joined(parts);
}

function joined(parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}
