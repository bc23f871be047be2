import { must } from '#base/assert.ts';
import type { ModelInfo } from '#contract/model.ts';
import type { Reason } from '#contract/review.ts';
import type { HeadResult } from '#contract/trainer.ts';
import { defaultChoices } from '#contract/training.ts';
import type { PredictionTable, SuspectTable } from '#store/schema.ts';
import type { TrainingSet } from './training-set.ts';

/** The cache rows of all predictions, in the order of the set's units. */
export function* predictionRows(set: TrainingSet, result: HeadResult): Generator<PredictionTable> {
  const count = set.classes.length;
  for (const [i, unit] of set.units.entries()) {
    const row = result.probabilities.slice(i * count, (i + 1) * count);
    const best = row.indexOf(Math.max(...row));
    yield {
      unit,
      class: must(set.classes[best], 'every probability has a class'),
      confidence: row[best] ?? 0,
      probabilities: new Uint8Array(row.buffer),
    };
  }
}

/** The cache rows of the audit: every labelled unit, with the findings behind its rank. */
export function* suspectRows(set: TrainingSet, result: HeadResult): Generator<SuspectTable> {
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
      reasons: JSON.stringify(reasonsOf(set, result, { at, unit, given, suggested })),
    };
  }
}

interface Audited {
  readonly at: number;
  readonly unit: number;
  readonly given: number;
  readonly suggested: number;
}

function reasonsOf(set: TrainingSet, result: HeadResult, { at, unit, given, suggested }: Audited): Reason[] {
  const { audit, probabilities } = result;
  const count = set.classes.length;
  const ofPair = audit.joint[given * count + suggested] ?? 0;
  const ofGiven = audit.joint
    .subarray(given * count, (given + 1) * count)
    .reduce((sum, each) => sum + each, 0);
  return [
    {
      kind: 'self-confidence',
      given: round(audit.selfConfidence[at] ?? 0),
      suggested: round(probabilities[unit * count + suggested] ?? 0),
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

/** What is kept of a training, in the words of the contract. */
export function modelInfo(
  set: TrainingSet,
  result: HeadResult,
  about: Pick<ModelInfo, 'id' | 'createdAt' | 'backbone' | 'seq' | 'round' | 'seconds'>,
): ModelInfo {
  const count = set.classes.length;
  return {
    ...about,
    regime: 'head',
    base: null,
    choices: defaultChoices,
    candidates: [],
    parts: [],
    units: result.audit.order.length,
    classes: [...set.classes],
    l2: result.l2,
    temperature: result.temperature,
    crossValidated: {
      folds: result.folds,
      units: null,
      accuracy: result.accuracy,
      balancedAccuracy: result.balancedAccuracy,
      logLoss: result.logLoss,
      calibrationError: result.calibrationError,
    },
    perClass: set.classes.map((id, at) => ({
      class: id,
      support: result.support[at] ?? 0,
      precision: result.precision[at] ?? null,
      recall: result.recall[at] ?? null,
    })),
    confusion: set.classes.map((_, row) => [...result.confusion.subarray(row * count, (row + 1) * count)]),
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
