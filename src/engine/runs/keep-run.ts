import { ok, type Result } from '#base/result.ts';
import type { ModelInfo } from '#contract/model.ts';
import type { Judgement } from '#contract/trainer.ts';
import type { Candidate, TrainingChoices } from '#contract/training.ts';
import { cropViews, type View } from '#graph/with-views.ts';
import { classShares, logitShift } from '#learn/logit-adjustment.ts';
import { keepJudged } from '#store/judged.ts';
import type { AuditAbout } from '../current-audit.ts';
import type { EngineHost } from '../host.ts';
import type { Summary } from '../jobs.ts';
import { ModelRegistry } from '../model-registry.ts';
import { predictAll } from '../predict-all.ts';
import { classMeasures, judgedRows, measuresOf, suspectRows } from '../training-result.ts';
import { modelMetadata, summaryOf } from '../training.ts';
import { keepNetwork } from './keep-network.ts';
import type { Measured } from './measure-regime.ts';
import { measuringParts, type Part, type Plan } from './plan.ts';
import type { RunContext } from './deal-part.ts';
import { trainPart } from './train-part.ts';

/** What a run found. */
export interface Found {
  readonly plan: Plan;
  readonly chosen: Measured;
  readonly candidates: readonly Candidate[];
  /** Of the units that the chosen networks had not learned from. */
  readonly judgement: Judgement;
  /** What the trainings took that measured. */
  readonly seconds: number;
}

/** Keeps the network that was chosen, trained on all labels where the plan says so, and predicts every image by it. */
export async function keepModel(
  host: EngineHost,
  context: RunContext,
  found: Found,
): Promise<Result<Summary>> {
  const { workspace, folder, backbone, job } = context;
  const { plan, chosen, judgement } = found;
  const { choices } = folder.record.request;
  const trained = await trainKept(context, found);
  if (!trained.ok) return trained;
  const { parts, seconds } = trained.value;
  const id = workspace.newId();
  const prior = classShares(Int32Array.from(folder.set.labels), folder.set.classes.length);
  const shift = logitShift(prior, judgement.adjustment);
  const metadata = await modelMetadata(workspace, {
    id,
    classes: folder.set.classes,
    seq: folder.record.seq,
  });
  const kept = await keepNetwork(
    workspace.store,
    parts.map((part) => folder.output(part)),
    {
      ...{ model: id, base: backbone, metadata, shift },
      views: viewsOf(choices),
    },
  );
  if (!kept.ok) return kept;
  const registry = new ModelRegistry(workspace.store.folder);
  const head = await registry.find(folder.record.head);
  const whole = isWhole(found, folder.set.units.length);
  const errors = (whole ? null : head?.estimatedErrors) ?? judgement.estimatedErrors;
  const model: ModelInfo = {
    ...{ id, createdAt: host.clock(), regime: chosen.regime, backbone: kept.value.id, base: backbone.id },
    ...{ head: folder.record.head, seq: folder.record.seq, units: folder.set.units.length },
    seconds: found.seconds + seconds,
    isAutomatic: false,
    l2: null,
    adjustment: judgement.adjustment,
    choices,
    candidates: [...found.candidates],
    parts: context.live.state.parts,
    temperature: judgement.temperature,
    ...measuresOf(judgement, { folds: plan.judgedFolds, units: chosen.units.length }),
    ...classMeasures(folder.set.classes, judgement),
    estimatedErrors: errors,
    round: null,
  };
  await registry.add(model);
  await keepJudged(workspace.store.db, id, judgedRows(judgedSet(context, chosen), judgement));
  if (whole) await keepSuspects(context, found, { model: id, host });
  const predicted = await predictAll(host, workspace, { model, job });
  return predicted.ok ? ok(summaryOf(model)) : predicted;
}

/** Trains what is kept, where that was not measured anyhow → its parts, and the seconds that were not told before. */
async function trainKept(
  context: RunContext,
  { plan, chosen, judgement }: Found,
): Promise<Result<{ readonly parts: readonly Part[]; readonly seconds: number }>> {
  const { regime } = chosen;
  const isOfFolds = context.folder.record.request.choices.averaging.folds;
  const parts = isOfFolds ? measuringParts(plan, regime) : [{ regime, fold: plan.isRefitted ? null : 0 }];
  let seconds = 0;
  for (const part of parts) {
    const trained = await trainPart(context, part, judgement.temperature);
    if (!trained.ok) return trained;
    if (part.fold === null) seconds += trained.value.seconds;
  }
  return ok({ parts, seconds });
}

/** What is looked at of an image that is predicted. */
function viewsOf({ averaging, augmentation }: TrainingChoices): readonly View[] {
  const all = cropViews(augmentation.mirror);
  return averaging.crops ? all : all.slice(0, 1);
}

/** Keeps what networks that never saw a label made of it: the suspects, and how sure one may be. */
export async function keepAudit(
  host: EngineHost,
  context: RunContext,
  found: Found,
): Promise<Result<Summary>> {
  const { head } = context.folder.record;
  await keepSuspects(context, found, { model: head, host });
  host.events.emit({ type: 'model', model: head });
  const { accuracy, balancedAccuracy } = found.judgement;
  return ok({
    ...{ regime: found.chosen.regime, units: found.chosen.units.length },
    ...{ accuracy: accuracy.value, balancedAccuracy: balancedAccuracy.value },
  });
}

/** Whether every label was judged. */
function isWhole({ chosen }: Found, units: number): boolean {
  return chosen.units.length === units;
}

async function keepSuspects(
  context: RunContext,
  { chosen, judgement, seconds }: Found,
  { model, host }: { readonly model: string; readonly host: EngineHost },
): Promise<void> {
  const { workspace } = context;
  const at = host.clock();
  const about: AuditAbout = {
    ...{ model, at, isDeep: true, seconds },
    estimatedErrors: judgement.estimatedErrors,
  };
  const rows = suspectRows(judgedSet(context, chosen), judgement);
  await workspace.store.replaceResults({ audit: { about: JSON.stringify(about), rows } });
}

/** The units that were judged, as arrays. */
function judgedSet({ folder }: RunContext, { units }: Measured) {
  const { set } = folder;
  const pick = <T>(values: readonly T[]): T[] =>
    Array.from(units, (unit) => values[unit]).filter((each) => each !== undefined);
  return { units: pick(set.units), classes: set.classes, labels: Int32Array.from(pick(set.labels)) };
}
