import { Tensor } from 'onnxruntime-node';
import { blockedDomain } from '#graph/blocked/layouts.ts';
import { ModelBuilder } from '#graph/builder.ts';
import { writeModel } from '#graph/write-model.ts';
import { openSession } from './session.ts';

const channels = 64;

/**
 * How many channels onnxruntime's CPU provider keeps side by side on this machine (8 or 16, by its vector registers);
 * null where it has no such layout.
 */
export async function channelBlock(): Promise<number | null> {
  const builder = new ModelBuilder('block');
  const image = builder.input('image', 'float32', [1, channels, 1, 2]);
  const type = { type: 'float32', dims: [1, channels, 1, 2] } as const;
  const model = builder.output('blocked', builder.node('Identity', [image]), type).build();
  const nodes = model.graph.nodes.map((node) => ({ ...node, opType: 'ReorderInput', domain: blockedDomain }));
  const opsets = new Map([...model.opsets, [blockedDomain, 1]]);
  try {
    const session = await openSession(writeModel({ ...model, opsets, graph: { ...model.graph, nodes } }), {
      subject: 'block',
    });
    const numbered = new Tensor(
      'float32',
      Float32Array.from({ length: 2 * channels }, (_, i) => i),
      [1, channels, 1, 2],
    );
    const { blocked } = await session.run({ image: numbered });
    await session.release();
    // Pixel 1 of the first channel comes after pixel 0 of all channels of its block.
    const at = Array.from(blocked?.data as Float32Array).indexOf(1);
    return at > 1 ? at : null;
  } catch {
    return null;
  }
}
