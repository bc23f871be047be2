import { must } from '#base/assert.ts';
import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { Judgement } from '#contract/trainer.ts';
import type { Candidate } from '#contract/training.ts';
import { chooseRegime } from '#learn/choose-regime.ts';
import { findBackbone, readEmbeddings, type BackboneRecord } from '../backbones.ts';
import { contentFiles } from '../embeddings.ts';
import type { EngineHost } from '../host.ts';
import type { JobHandle, Summary } from '../jobs.ts';
import { ModelRegistry } from '../model-registry.ts';
import { judgeLabels } from '../trainer-host.ts';
import type { Workspace } from '../workspace.ts';
import { headRight } from './head-right.ts';
import { keepAudit, keepModel } from './keep-run.ts';
import { LiveRun } from './live-run.ts';
import { measureRegime, rightOf, type Measured } from './measure-regime.ts';
import { planOf, type Plan } from './plan.ts';
import type { RunFolder } from './run-folder.ts';
import type { RunContext } from './deal-part.ts';
import { writePixels } from './write-pixels.ts';

export interface RunRequest {
  readonly folder: RunFolder;
  readonly job: JobHandle;
}

/** Carries out a run, from where it was stopped: trains, measures, chooses, and keeps what was chosen. */
export async function carryOut(
  host: EngineHost,
  workspace: Workspace,
  { folder, job }: RunRequest,
): Promise<Result<Summary>> {
  const live = new LiveRun(folder.record, job.id, {
    clock: host.clock,
    onChange: () => host.events.emit({ type: 'run' }),
  });
  host.setLiveRun(live);
  try {
    return await perform(host, workspace, { folder, job, live });
  } finally {
    host.setLiveRun(null);
    host.events.emit({ type: 'run' });
  }
}

async function perform(
  host: EngineHost,
  workspace: Workspace,
  { folder, job, live }: RunRequest & { readonly live: LiveRun },
): Promise<Result<Summary>> {
  const { record, set } = folder;
  const backbone = await findBackbone(workspace.store, record.backbone);
  if (!backbone) return err(problem('not-found', record.backbone, 'The backbone of this training is gone.'));
  const pixels = await pixelsOf(host, workspace, { folder, job, size: backbone.size });
  if (!pixels.ok) return pixels;
  const counts = set.classes.map((_, at) => set.labels.filter((label) => label === at).length);
  const plan = planOf({
    ...{ regime: record.request.regime, counts, isDeep: record.isDeep },
    isOfFolds: record.request.choices.averaging.folds,
  });
  const device = await host.devices.choose(record.request.choices.device, job.signal);
  const context = { workspace, folder, backbone, live, job, folds: plan.folds, device };
  const measured: Measured[] = [];
  for (const regime of plan.regimes) {
    const one = await measureRegime(context, plan, regime);
    if (!one.ok) return one;
    measured.push(one.value);
  }
  return conclude(host, context, { plan, measured });
}

/** Chooses among what was measured and keeps it. */
async function conclude(
  host: EngineHost,
  context: RunContext,
  { plan, measured }: { readonly plan: Plan; readonly measured: readonly Measured[] },
): Promise<Result<Summary>> {
  const { folder } = context;
  const candidates = await compare(context, measured);
  const chosen = measured.find(({ regime }) => candidates.find((each) => each.isChosen)?.regime === regime);
  if (chosen === undefined) {
    await keepHead(context, candidates);
    host.events.emit({ type: 'model', model: folder.record.head });
    return ok({ model: folder.record.head, regime: 'head' });
  }
  const judgement = await judge(context, chosen);
  if (!judgement.ok) return judgement;
  const seconds = measured.reduce((sum, each) => sum + each.seconds, 0);
  const found = { plan, chosen, candidates, seconds, judgement: judgement.value };
  const kept = folder.record.isDeep
    ? await keepAudit(host, context, found)
    : await keepModel(host, context, found);
  if (kept.ok) await folder.remove();
  return kept;
}

/** No network was worth its price: the head stays, and says what it was compared to. */
async function keepHead({ workspace, folder }: RunContext, candidates: readonly Candidate[]): Promise<void> {
  const registry = new ModelRegistry(workspace.store.folder);
  const head = await registry.find(folder.record.head);
  if (head !== null && candidates.length > 0) await registry.add({ ...head, candidates: [...candidates] });
  await folder.remove();
}

/** The head and every network on the same units; a regime that was asked for is taken whatever it gains. */
async function compare(context: RunContext, measured: readonly Measured[]): Promise<readonly Candidate[]> {
  const { folder, workspace } = context;
  const [first] = measured;
  if (first === undefined) return [];
  const head = { regime: 'head' as const, right: await headRight(workspace, folder, first.units) };
  const networks = measured.map((each) => ({ regime: each.regime, right: rightOf(folder.set, each) }));
  const candidates = chooseRegime([head, ...networks]);
  if (folder.record.request.regime === 'auto' && !folder.record.isDeep) return candidates;
  return candidates.map((each) => ({ ...each, isChosen: each.regime === folder.record.request.regime }));
}

async function judge(
  { workspace, folder, backbone, job }: RunContext,
  { units, logits }: Measured,
): Promise<Result<Judgement>> {
  const file = must(await readEmbeddings(workspace.store, backbone), 'what is trained on was embedded');
  const { labels, groups, hashes, classes } = folder.set;
  const pick = (values: readonly number[]): Int32Array<ArrayBuffer> =>
    Int32Array.from(units, (unit) => must(values[unit], 'a unit of the set'));
  const rows = Int32Array.from(units, (unit) => file.rowOf(hashes[unit] ?? '') ?? -1);
  await file.close();
  return judgeLabels(
    {
      ...{ matrix: file.path, dim: backbone.dim, rows, classCount: classes.length, logits },
      ...{ labels: pick(labels), groups: pick(groups), seed: folder.record.request.choices.seed },
    },
    { signal: job.signal, onProgress: (step, done, total) => job.progress(step, done, total) },
  );
}

async function pixelsOf(
  host: EngineHost,
  workspace: Workspace,
  { folder, job, size }: RunRequest & { readonly size: BackboneRecord['size'] },
): Promise<Result<null>> {
  const files = new Map((await contentFiles(workspace)).map(({ hash, path }) => [hash, path]));
  const paths = folder.set.hashes.map((hash) => files.get(hash));
  if (paths.some((path) => path === undefined)) {
    const reason = 'Images of this training were removed since; start it again.';
    return err(problem('not-found', workspace.store.name, reason));
  }
  const found = paths.filter((path) => path !== undefined);
  return writePixels(host, { file: folder.pixels, paths: found, size, job });
}
