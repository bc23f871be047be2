import { createHash } from 'node:crypto';
import { open, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { problem, ProblemError } from '#base/problem.ts';
import type { Split } from '#graph/split.ts';
import { must } from '#base/assert.ts';
import { writeModel } from '#graph/write-model.ts';
import type { Provider } from '../session.ts';
import { activationBytes, encodeActivations } from './activation-file.ts';
import { forward } from './forward.ts';
import { pixelInputs } from './pixel-inputs.ts';
import { PixelFile } from './pixel-file.ts';

export interface ActivationPlan {
  readonly split: Split;
  /** File of the pixels, the side of an image, and how many there are. */
  readonly pixels: string;
  readonly size: number;
  readonly count: number;
  readonly provider: Provider;
  /** Told how many images are done. */
  readonly onProgress: (done: number) => void;
}

/**
 * Computes what the trunk of a network makes of all images of a run, into a file beside their pixels → its path. A file
 * that is there is taken, one that was begun is finished.
 */
export async function computeActivations(plan: ActivationPlan): Promise<string> {
  const path = await pathOf(plan);
  if ((await stat(path).catch(() => null)) !== null) return path;
  try {
    await finish(`${path}.part`, plan);
    await rename(`${path}.part`, path);
    return path;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    const reason = 'There is no room for what is computed of the images; free some space on this disk.';
    throw new ProblemError(problem('unwritable', path, reason));
  }
}

/** Named after what it is computed from, so that other folds find it, and other trunks and pixels do not. */
async function pathOf({ split, pixels }: ActivationPlan): Promise<string> {
  const { size, mtimeMs } = await stat(pixels);
  const hash = createHash('sha256').update(writeModel(split.trunk)).update(`${size} ${mtimeMs}`);
  return join(dirname(pixels), `activations-${hash.digest('hex').slice(0, 16)}`);
}

/** Goes on after the last activation that is whole. */
async function finish(part: string, plan: ActivationPlan): Promise<void> {
  const { split, pixels, size, count, provider } = plan;
  const length = activationBytes(split.dims);
  const file = await open(part, 'a');
  const images = await PixelFile.open(pixels, size);
  try {
    let done = Math.floor((await file.stat()).size / length);
    await file.truncate(done * length);
    const positions = Int32Array.from({ length: count - done }, (_, at) => done + at);
    const output = must(split.trunk.graph.outputs[0], 'the trunk has an output').name;
    const inputs = pixelInputs(images, size);
    plan.onProgress(done);
    for await (const rows of forward(split.trunk, { inputs, positions }, { output, provider })) {
      const bytes = encodeActivations(rows);
      await file.writeFile(bytes);
      plan.onProgress((done += bytes.length / length));
    }
    await file.sync();
  } finally {
    await images.close();
    await file.close();
  }
}
