import { existsSync } from 'node:fs';
import { must } from '#base/assert.ts';
import { ok, type Result } from '#base/result.ts';
import { readEmbeddings } from '../backbones.ts';
import { plainHead } from '../head-settings.ts';
import { ModelRegistry } from '../model-registry.ts';
import { trainHead } from '../trainer-host.ts';
import type { Part } from './plan.ts';
import type { Dealt, RunContext } from './deal-part.ts';

const folds = 5;

/**
 * File of the head that a part begins with; null where it makes a new one. Where labels are held back it is a head that
 * never saw them: what it knew of them the network would keep.
 */
export async function startingHead(
  context: RunContext,
  part: Part,
  { held }: Pick<Dealt, 'held'>,
): Promise<Result<string | null>> {
  const { workspace, folder, backbone, job } = context;
  if (part.regime === 'full') return ok(null);
  if (part.fold === null) return ok(new ModelRegistry(workspace.store.folder).file(folder.record.head));
  const output = folder.headWithout(part.fold);
  if (existsSync(output)) return ok(output);
  const { hashes, labels, groups, classes } = folder.set;
  const file = must(await readEmbeddings(workspace.store, backbone), 'what is trained on was embedded');
  const rows = Int32Array.from(hashes, (hash) => must(file.rowOf(hash), 'an embedded image'));
  await file.close();
  const seen = Int32Array.from(labels);
  for (const unit of held) seen[unit] = -1;
  const trained = await trainHead(
    {
      ...plainHead,
      ...{ matrix: file.path, dim: backbone.dim, rows, labels: seen, classCount: classes.length },
      ...{ groups: Int32Array.from(groups), seed: folder.record.request.choices.seed, folds },
      ...{ previousLabels: null, previousPredicted: null, output, metadata: {} },
    },
    { signal: job.signal, onProgress: (step, done, total) => job.progress(step, done, total) },
  );
  return trained.ok ? ok(output) : trained;
}
