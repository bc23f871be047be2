import { must } from '#base/assert.ts';
import type { ModelInfo } from '#contract/model.ts';
import type { Reason } from '#contract/review.ts';
import type { HeadResult, Judgement } from '#contract/trainer.ts';
import type { ClassId } from '#core/ids.ts';
import type { JudgedTable, PredictionTable, SuspectTable } from '#store/schema.ts';
import type { TrainingSet } from './training-set.ts';

/** Units that were predicted, with their labels. */
export type JudgedSet = Pick<TrainingSet, 'units' | 'classes' | 'labels'>;

/** The cache rows of all predictions, in the order of the set's units. */
export function* predictionRows(set: JudgedSet, result: Judgement): Generator<PredictionTable> {
  const count = set.classes.length;
  for (const [i, unit] of set.units.entries()) {
    yield { unit, ...predictionOf(result.probabilities.slice(i * count, (i + 1) * count), set.classes) };
  }
}

/** What is predicted, by the probabilities of the classes. */
export function predictionOf(
  probabilities: Float32Array<ArrayBuffer>,
  classes: readonly ClassId[],
): Omit<PredictionTable, 'unit'> {
  const best = probabilities.indexOf(Math.max(...probabilities));
  return {
    class: must(classes[best], 'every probability has a class'),
    confidence: probabilities[best] ?? 0,
    probabilities: new Uint8Array(probabilities.buffer),
  };
}

/** The cache rows of what a model made of the labels, which it had not learned from. */
export function* judgedRows(set: JudgedSet, result: Judgement): Generator<Omit<JudgedTable, 'model'>> {
  let at = 0;
  for (const row of predictionRows(set, result)) {
    const given = set.classes[set.labels[at++] ?? -1];
    if (given !== undefined) yield { ...row, given };
  }
}

/** The cache rows of the audit: every labelled unit, with the findings behind its rank. */
export function* suspectRows(set: JudgedSet, result: Judgement): Generator<SuspectTable> {
  const { audit } = result;
  for (const [at, unit] of audit.order.entries()) {
    const given = must(set.labels[unit], 'only labelled units are audited');
    const suggested = must(audit.suggested[at], 'every audited unit has a suggestion');
    yield {
      unit: must(set.units[unit], 'the audit names units of the set'),
      given: must(set.classes[given], 'labels are positions of classes'),
      suggested: must(set.classes[suggested], 'suggestions are positions of classes'),
      score: audit.score[at] ?? 1,
      rank: at + 1,
      wrong: audit.wrong[at] ?? 0,
      reasons: JSON.stringify(reasonsOf(set, result, { at, given, suggested })),
    };
  }
}

interface Audited {
  readonly at: number;
  readonly given: number;
  readonly suggested: number;
}

function reasonsOf(set: JudgedSet, result: Judgement, { at, given, suggested }: Audited): Reason[] {
  const { audit } = result;
  const count = set.classes.length;
  const ofPair = audit.joint[given * count + suggested] ?? 0;
  const ofGiven = audit.joint
    .subarray(given * count, (given + 1) * count)
    .reduce((sum, each) => sum + each, 0);
  return [
    {
      kind: 'self-confidence',
      given: round(audit.selfConfidence[at] ?? 0),
      suggested: round(audit.suggestedConfidence[at] ?? 0),
    },
    {
      kind: 'neighbours',
      count: audit.neighbours,
      given: audit.neighboursGiven[at] ?? 0,
      suggested: audit.neighboursSuggested[at] ?? 0,
    },
    { kind: 'margin', value: round(audit.normalizedMargin[at] ?? 0) },
    { kind: 'class-pair', share: round(ofGiven > 0 ? ofPair / ofGiven : 0) },
  ];
}

/** Four digits are more than anybody reads, and keep the cache small. */
function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/** How good predictions of labels that were not learned from are. */
export function measuresOf(
  result: Judgement,
  judged: { readonly folds: number; readonly units: number | null },
): Pick<ModelInfo, 'crossValidated'> {
  const { accuracy, balancedAccuracy, logLoss, calibrationError } = result;
  return { crossValidated: { ...judged, accuracy, balancedAccuracy, logLoss, calibrationError } };
}

/** The same by class. */
export function classMeasures(
  classes: readonly ClassId[],
  result: Judgement,
): Pick<ModelInfo, 'classes' | 'perClass' | 'confusion'> {
  const count = classes.length;
  return {
    classes: [...classes],
    perClass: classes.map((id, at) => ({
      class: id,
      support: result.support[at] ?? 0,
      precision: result.precision[at] ?? null,
      recall: result.recall[at] ?? null,
    })),
    confusion: classes.map((_, row) => [...result.confusion.subarray(row * count, (row + 1) * count)]),
  };
}

/** What is kept of the training of a head, in the words of the contract. */
export function modelInfo(
  set: TrainingSet,
  result: HeadResult,
  about: Pick<
    ModelInfo,
    'id' | 'createdAt' | 'backbone' | 'seq' | 'round' | 'seconds' | 'isAutomatic' | 'choices'
  >,
): ModelInfo {
  return {
    ...about,
    regime: result.regime,
    base: null,
    head: null,
    units: result.audit.order.length,
    l2: result.l2,
    adjustment: result.adjustment,
    candidates: result.candidates,
    parts: [],
    temperature: result.temperature,
    ...measuresOf(result, { folds: result.folds, units: null }),
    ...classMeasures(set.classes, result),
    estimatedErrors: result.estimatedErrors,
  };
}

/** What the corrections since the model before have bought. */
export function roundOf(
  set: TrainingSet,
  result: HeadResult,
  previous: ModelInfo | null,
): ModelInfo['round'] {
  if (previous === null || set.previous === null || result.gain === null) return null;
  const { labels: then, predicted } = set.previous;
  const compared = [...set.units.keys()].filter(
    (i) => (set.labels[i] ?? -1) >= 0 && (then[i] ?? -1) >= 0 && (predicted[i] ?? -1) >= 0,
  );
  if (compared.length === 0) return null;
  const share = (matches: (i: number) => boolean): number =>
    compared.filter(matches).length / compared.length;
  const beforeOnNewLabels = share((i) => predicted[i] === set.labels[i]);
  return {
    previous: previous.id,
    corrected: compared.filter((i) => then[i] !== set.labels[i]).length,
    before: share((i) => predicted[i] === then[i]),
    beforeOnNewLabels,
    after: beforeOnNewLabels + result.gain.value,
    gain: result.gain,
  };
}
