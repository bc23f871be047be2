import { ok, type Result } from '#base/result.ts';
import type { DeviceId } from '#contract/training.ts';
import { seededRandom } from '#base/random.ts';
import { dealFolds } from '#learn/folds.ts';
import { makeFolder } from '#store/make-folder.ts';
import { backboneSpec, type BackboneRecord } from '../backbones.ts';
import type { JobHandle } from '../jobs.ts';
import { ModelRegistry } from '../model-registry.ts';
import { tuneNetwork } from '../trainer-host.ts';
import type { Workspace } from '../workspace.ts';
import type { LiveRun } from './live-run.ts';
import type { Part } from './plan.ts';
import type { PartOutcome, RunFolder } from './run-folder.ts';
import { tuneSettings } from './tune-settings.ts';

/** What all parts of a run share. */
export interface RunContext {
  readonly workspace: Workspace;
  readonly folder: RunFolder;
  readonly backbone: BackboneRecord;
  readonly live: LiveRun;
  readonly job: JobHandle;
  readonly folds: number;
  readonly device: DeviceId;
}

/** Positions of the units of a fold, and of all others. */
export interface Dealt {
  readonly held: Int32Array<ArrayBuffer>;
  readonly train: Int32Array<ArrayBuffer>;
}

/** The units that a part learns from and those that it holds back; groups stay together. */
export function dealPart({ folder, folds }: Pick<RunContext, 'folder' | 'folds'>, part: Part): Dealt {
  const { labels, groups, classes } = folder.set;
  const dealt = dealFolds(Int32Array.from(labels), Int32Array.from(groups), {
    ...{ classCount: classes.length, folds },
    random: seededRandom(folder.record.request.choices.seed),
  });
  const all = Int32Array.from(labels.keys());
  const isHeld = (unit: number): boolean => dealt.fold[unit] === part.fold;
  return { held: all.filter(isHeld), train: all.filter((unit) => !isHeld(unit)) };
}

/** Does a part, unless it is done; `temperature` is what the logits of a network that holds nothing back are divided by. */
export async function trainPart(
  context: RunContext,
  part: Part,
  temperature: number | null = null,
): Promise<Result<PartOutcome>> {
  const { folder, live, job } = context;
  const ended = await folder.outcome(part);
  if (ended !== null) return ok(ended);
  const fold = part.fold === null ? null : part.fold + 1;
  const tuneJob = tuneJobOf(context, part);
  live.begin({ regime: part.regime, fold, folds: context.folds, ofEpochs: tuneJob.settings.epochs });
  await makeFolder(folder.partFolder(part));
  const save = (): Promise<void> => folder.update({ parts: live.state.parts, notes: live.state.notes });
  let saved = Promise.resolve();
  const outcome = await tuneNetwork(
    { ...tuneJob, temperature },
    {
      signal: job.signal,
      onProgress: (step, done, total) => job.progress(step, done, total),
      onTraining: (progress) => {
        live.step(progress);
        job.progress('tune', progress.step, progress.steps);
      },
      onEpoch: (measure) => {
        live.epoch(measure);
        // What was told stays in the plot when the engine ends before the part does.
        saved = saved.then(save).catch(() => undefined);
      },
      onNote: (text) => live.note(text),
    },
  );
  await saved;
  await save();
  if (!outcome.ok) return outcome;
  await folder.keepOutcome(part, outcome.value);
  return outcome;
}

function tuneJobOf(context: RunContext, part: Part) {
  const { workspace, folder, backbone, device } = context;
  const { record, set } = folder;
  const { train, held } = dealPart(context, part);
  const { choices } = record.request;
  return {
    folder: folder.partFolder(part),
    pixels: folder.pixels,
    backbone: backboneSpec(workspace.store, backbone),
    classCount: set.classes.length,
    labels: Int32Array.from(set.labels),
    ...{ train, held },
    start: part.regime === 'full' ? null : new ModelRegistry(workspace.store.folder).file(record.head),
    settings: tuneSettings(choices, { regime: part.regime, images: train.length, device }),
    output: record.isDeep ? null : folder.output(part),
    parents: set.parents === null ? null : Int32Array.from(set.parents),
    ...{ domains: null, metadata: {} },
  };
}
