import { Tensor } from 'onnxruntime-node';
import { must } from '#base/assert.ts';
import { problem, ProblemError } from '#base/problem.ts';
import type { BackboneSpec } from '#contract/trainer.ts';
import { embeddingName } from '#graph/with-embedding.ts';
import { pixelsName } from '#graph/with-preprocessing.ts';
import type { JobContext, JobOf, PixelBatch } from './job-context.ts';
import { openSession, runSession, type Session } from './session.ts';

/** Embeds images in the order in which their pixels come. */
export async function embedJob({ backbone, count }: JobOf<'embed'>, context: JobContext): Promise<void> {
  const session = await openSession(backbone.file, { subject: backbone.id });
  for await (const batch of context.pixels(count)) {
    const rows = await embedBatch(session, backbone, batch);
    context.send({ type: 'rows', count: batch.count, rows });
  }
}

/** Embeddings of a batch, count × dim. A backbone with a fixed batch of one image gets one after another. */
export async function embedBatch(
  session: Session,
  backbone: BackboneSpec,
  batch: PixelBatch,
): Promise<Float32Array<ArrayBuffer>> {
  const imageBytes = backbone.size * backbone.size * 3;
  if (batch.pixels.length !== batch.count * imageBytes) {
    throw refused(
      backbone,
      `It got ${batch.pixels.length} bytes for ${batch.count} images of ${imageBytes}.`,
    );
  }
  const step = fixedBatch(session) ?? batch.count;
  if (step === batch.count) return await embedAtOnce(session, backbone, batch);
  const rows = new Float32Array(batch.count * backbone.dim);
  for (let start = 0; start < batch.count; start += step) {
    const pixels = batch.pixels.subarray(start * imageBytes, (start + step) * imageBytes);
    rows.set(await embedAtOnce(session, backbone, { count: step, pixels }), start * backbone.dim);
  }
  return rows;
}

function fixedBatch(session: Session): number | null {
  const input = session.inputMetadata[0];
  const batch = input?.isTensor ? input.shape[0] : undefined;
  return typeof batch === 'number' ? batch : null;
}

async function embedAtOnce(
  session: Session,
  backbone: BackboneSpec,
  { count, pixels }: PixelBatch,
): Promise<Float32Array<ArrayBuffer>> {
  const { size, dim, id } = backbone;
  const input = new Tensor('uint8', pixels, [count, size, size, 3]);
  const outputs = await runSession(session, { [pixelsName]: input }, id);
  const embedding = must(outputs[embeddingName], 'a stored backbone gives an embedding');
  const rows = embedding.data as Float32Array<ArrayBuffer>;
  if (rows.length !== count * dim) {
    throw refused(
      backbone,
      `It gives [${embedding.dims.join(', ')}] instead of ${dim} numbers per image; add it again.`,
    );
  }
  if (!rows.every(Number.isFinite)) {
    throw refused(
      backbone,
      'It gives numbers that are not finite; its file is damaged or its weights overflowed.',
    );
  }
  return rows;
}

function refused(backbone: BackboneSpec, reason: string): ProblemError {
  return new ProblemError(problem('bad-input', backbone.id, reason));
}
