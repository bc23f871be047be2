import { readFile } from 'node:fs/promises';
import { Tensor } from 'onnxruntime-node';
import { must } from '#base/assert.ts';
import { problem, ProblemError } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import { cut } from '#graph/cut.ts';
import { findEmbedding } from '#graph/find-embedding.ts';
import { opsetOf, type Model } from '#graph/model.ts';
import { parseModel } from '#graph/parse-model.ts';
import { readPreprocessing, type Preprocessing } from '#graph/preprocessing.ts';
import { embeddingDim, withEmbedding, type ModelOutput } from '#graph/with-embedding.ts';
import { pixelsName, withPreprocessing } from '#graph/with-preprocessing.ts';
import { writeModel } from '#graph/write-model.ts';
import { embedBatch } from './embed-job.ts';
import type { JobContext, JobOf } from './job-context.ts';
import { openSession, runSession } from './session.ts';
import { writeFileAtomically } from './write-file.ts';

const defaultSize = 224;
/** The oldest operator set whose Sub and Div broadcast, which the preprocessing needs. */
const oldestOpset = 7;

/** Turns any ONNX image model into a backbone (`pixels` → `embedding`), tries it, and writes it. */
export async function inspectJob(job: JobOf<'inspect'>, context: JobContext): Promise<void> {
  const { file } = job;
  const model = unwrap(parseModel(await readModelFile(file), file));
  if (opsetOf(model) < oldestOpset) throw refused(file, 'Its operators are of before 2018; export it again.');
  const trunk = cut(model, [unwrap(findEmbedding(model, file))]);
  const preprocessing = unwrap(readPreprocessing(trunk, file));
  const size = job.size ?? preprocessing.size ?? defaultSize;
  const { backbone, dim } = await makeBackbone(trunk, { file, preprocessing, size });
  const bytes = writeModel(backbone);
  await tryBackbone(bytes, { file, size, dim });
  await writeFileAtomically(job.output, bytes);
  context.send({ type: 'backbone', size, dim });
}

interface Plan {
  readonly file: string;
  readonly preprocessing: Preprocessing;
  readonly size: number;
}

/** Adds input and output. A model exported for one image at a time keeps that limit where its graph insists on it. */
async function makeBackbone(trunk: Model, plan: Plan): Promise<{ backbone: Model; dim: number }> {
  const many = withPreprocessing(trunk, { ...plan, batch: 'N' });
  const manyOutput = await outputOf(many, plan, 2);
  const single = withPreprocessing(trunk, { ...plan, batch: 1 });
  const [model, output] = manyOutput.ok
    ? [many, manyOutput.value]
    : [single, unwrap(withSizeHint(await outputOf(single, plan, 1), plan))];
  const dim = embeddingDim(output.dims);
  if (dim === 0) {
    throw refused(
      plan.file,
      `What describes an image in it has the shape [${output.dims.join(', ')}], not one vector.`,
    );
  }
  return { backbone: withEmbedding(model, output), dim };
}

/** What the one output is when the model runs on this many images. */
async function outputOf(model: Model, { file, size }: Plan, count: number): Promise<Result<ModelOutput>> {
  try {
    const session = await openSession(writeModel(model), { subject: file });
    const outputs = await runSession(session, { [pixelsName]: testImages(count, size) }, file);
    await session.release();
    const { type, dims } = must(Object.values(outputs)[0], 'a model has an output');
    if (dims[0] === count) return ok({ type, dims });
    return err(problem('unsupported', file, `For ${count} images it gives ${dims[0] ?? 'no'} rows.`));
  } catch (error) {
    if (error instanceof ProblemError) return err(error.problem);
    throw error;
  }
}

/** Many networks with attention or linear layers over positions run at their own size only. */
function withSizeHint<Value>(result: Result<Value>, { preprocessing, size }: Plan): Result<Value> {
  const own = preprocessing.size;
  if (result.ok || own === null || own === size) return result;
  const reason = `It does not run on images of ${size} px; it was made for ${own} px.`;
  return err({ ...result.error, reason });
}

/** Runs the backbone as it will be stored, once. */
async function tryBackbone(
  bytes: Uint8Array,
  { file, size, dim }: { file: string; size: number; dim: number },
): Promise<void> {
  const session = await openSession(bytes, { subject: file });
  const pixels = testImages(2, size).data as Uint8Array;
  await embedBatch(session, { id: file, file, size, dim }, { count: 2, pixels });
  await session.release();
}

/** Images with detail in every channel, so that dead inputs and overflows show. */
function testImages(count: number, size: number): Tensor {
  const pixels = Uint8Array.from({ length: count * size * size * 3 }, (_, at) => (at * 37 + (at >> 8)) & 255);
  return new Tensor('uint8', pixels, [count, size, size, 3]);
}

async function readModelFile(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch {
    throw new ProblemError(problem('not-found', file, 'The model file cannot be read; check its path.'));
  }
}

function unwrap<Value>(result: Result<Value>): Value {
  if (result.ok) return result.value;
  throw new ProblemError(result.error);
}

function refused(file: string, reason: string): ProblemError {
  return new ProblemError(problem('unsupported', file, reason));
}
