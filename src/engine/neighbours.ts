import { ok, type Result } from '#base/result.ts';
import type { ClassId, ImageId } from '#core/ids.ts';
import type { EmbeddingFile } from '#store/embedding-file.ts';
import { builtInId, findBackbone, readEmbeddings } from './backbones.ts';
import { currentModel } from './model-registry.ts';
import type { Workspace } from './workspace.ts';

export interface NeighbourRequest {
  readonly id: ImageId;
  /** Only images whose current label is this class; null = all. */
  readonly class: ClassId | null;
  readonly count: number;
}

export interface Neighbour {
  readonly id: ImageId;
  /** Cosine similarity of the embeddings. */
  readonly similarity: number;
  readonly hash: string;
}

/** Rows read and compared at a time: a few milliseconds of the engine's loop. */
const rowsAtOnce = 4096;

/** The images most similar to one, by the current model's backbone; none while it has no embedding. */
export async function nearestImages(
  workspace: Workspace,
  request: NeighbourRequest,
): Promise<Result<Neighbour[]>> {
  const { store } = workspace;
  const model = await currentModel(store);
  const backbone = await findBackbone(store, model?.backbone ?? builtInId);
  const image = await store.db
    .selectFrom('image')
    .select('hash')
    .where('id', '=', request.id)
    .executeTakeFirst();
  if (!backbone || !image) return ok([]);
  const file = await readEmbeddings(store, backbone);
  if (file === null) return ok([]);
  try {
    const row = file.rowOf(image.hash);
    if (row === null) return ok([]);
    const similarities = await cosineToAll(file, await file.read(row, 1));
    return ok(nearest(await candidates(workspace, request, file), similarities, request.count));
  } finally {
    await file.close();
  }
}

/** Cosine similarity of one row to every row of the file. */
async function cosineToAll(file: EmbeddingFile, query: Float32Array): Promise<Float32Array> {
  const similarities = new Float32Array(file.count);
  const queryNorm = Math.hypot(...query);
  for (let start = 0; start < file.count; start += rowsAtOnce) {
    const rows = await file.read(start, Math.min(rowsAtOnce, file.count - start));
    for (let i = 0; i * file.dim < rows.length; i++) {
      let dot = 0;
      let square = 0;
      for (let k = 0; k < file.dim; k++) {
        const value = rows[i * file.dim + k] ?? 0;
        dot += value * (query[k] ?? 0);
        square += value * value;
      }
      similarities[start + i] = dot / (Math.sqrt(square) * queryNorm || 1);
    }
  }
  return similarities;
}

interface Candidate {
  readonly id: ImageId;
  readonly hash: string;
  readonly row: number;
}

async function candidates(
  workspace: Workspace,
  request: NeighbourRequest,
  file: EmbeddingFile,
): Promise<Candidate[]> {
  let query = workspace.store.background
    .selectFrom('image')
    .leftJoin('current_label as given', 'given.unit', 'image.id')
    .select(['image.id', 'image.hash'])
    .where('image.id', '!=', request.id);
  if (request.class !== null) query = query.where('given.class', '=', request.class);
  return (await query.execute()).flatMap(({ id, hash }) => {
    const row = file.rowOf(hash);
    return row === null ? [] : [{ id, hash, row }];
  });
}

function nearest(images: readonly Candidate[], similarities: Float32Array, count: number): Neighbour[] {
  return images
    .map(({ id, hash, row }) => ({ id, hash, similarity: similarities[row] ?? 0 }))
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, count);
}
