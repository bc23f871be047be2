import { ok, type Result } from '#base/result.ts';
import { makeFolder } from '#store/make-folder.ts';
import { backboneSpec } from '../backbones.ts';
import { tuneNetwork, type JobInput } from '../trainer-host.ts';
import { dealPart, type Dealt, type RunContext } from './deal-part.ts';
import type { Part } from './plan.ts';
import type { PartOutcome, RunFolder } from './run-folder.ts';
import { startingHead } from './starting-head.ts';
import { tuneSettings } from './tune-settings.ts';

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
  const dealt = dealPart(context, part);
  const settings = tuneSettings(folder.record.request.choices, {
    ...{ regime: part.regime, images: dealt.train.length, device: context.device },
  });
  live.begin({ regime: part.regime, fold, folds: context.folds, ofEpochs: settings.epochs });
  await makeFolder(folder.partFolder(part));
  const start = await startingHead(context, part, dealt);
  if (!start.ok) return start;
  const save = (): Promise<void> => folder.update({ parts: live.state.parts, notes: live.state.notes });
  let saved = Promise.resolve();
  const outcome = await tuneNetwork(
    { ...tuneJobOf(context, part, dealt), settings, start: start.value, temperature },
    {
      signal: job.signal,
      onProgress: (step, done, total) => job.progress(step, done, total),
      onTraining: (progress) => {
        live.step(progress);
        job.progress('tune', progress.step, progress.steps);
      },
      onEpoch: (measure) => {
        live.epoch(measure);
        // What was told stays in the plot when the engine ends before the part does; a disk that is full fails below.
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

function tuneJobOf({ workspace, folder, backbone }: RunContext, part: Part, { train, held }: Dealt) {
  const { record, set } = folder;
  return {
    folder: folder.partFolder(part),
    pixels: folder.pixels,
    backbone: backboneSpec(workspace.store, backbone),
    classCount: set.classes.length,
    labels: Int32Array.from(set.labels),
    ...{ train, held },
    output: record.isDeep ? null : folder.output(part),
    parents: set.parents === null ? null : Int32Array.from(set.parents),
    domains: domainsOfJob(folder),
    metadata: {},
  };
}

function domainsOfJob({ record, set }: RunFolder): JobInput<'tune'>['domains'] {
  const { alignment } = record.request.choices;
  if (alignment === null || set.domains === null) return null;
  return { ...alignment, of: Int32Array.from(set.domains) };
}
