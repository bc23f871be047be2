import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../write-file.ts';
import type { TrainingState } from './updater.ts';

const aboutSchema = z.object({
  step: z.number().int(),
  /** Lengths of the vectors that follow, by name. */
  vectors: z.array(z.tuple([z.string(), z.number().int()])),
});

export interface Checkpoint {
  /** Steps taken. */
  readonly step: number;
  readonly state: TrainingState;
  /** What the epochs follow; null where they follow nothing yet. */
  readonly losses: Float32Array | null;
}

function pathOf(folder: string): string {
  return join(folder, 'checkpoint');
}

/** Writes all that training goes on from; whenever the process ends, a whole checkpoint is there, this one or the last. */
export async function writeCheckpoint(folder: string, { step, state, losses }: Checkpoint): Promise<void> {
  const vectors = Object.entries({ ...state, ...(losses === null ? {} : { losses }) });
  const about = JSON.stringify({ step, vectors: vectors.map(([name, { length }]) => [name, length]) });
  const head = Buffer.from(about);
  const length = Buffer.alloc(8);
  length.writeUInt32LE(head.length, 0);
  const bodies = vectors.map(([, values]) =>
    Buffer.from(values.buffer, values.byteOffset, values.byteLength),
  );
  await writeFileAtomically(pathOf(folder), Buffer.concat([length, head, ...bodies]));
}

/** The last checkpoint of a run; null when there is none that can be read. */
export async function readCheckpoint(folder: string): Promise<Checkpoint | null> {
  const bytes = await readFile(pathOf(folder)).catch(() => null);
  if (bytes === null || bytes.length < 8) return null;
  const start = 8 + bytes.readUInt32LE(0);
  const about = aboutSchema.safeParse(jsonOf(bytes.subarray(8, start)));
  if (!about.success) return null;
  const { step, vectors } = about.data;
  let offset = start;
  const state: Record<string, Float32Array<ArrayBuffer>> = {};
  for (const [name, length] of vectors) {
    const values = new Float32Array(length);
    const body = bytes.subarray(offset, offset + length * 4);
    if (body.length < length * 4) return null;
    new Uint8Array(values.buffer).set(body);
    state[name] = values;
    offset += length * 4;
  }
  const { losses = null, ...rest } = state;
  return { step, state: rest, losses };
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return null;
  }
}
