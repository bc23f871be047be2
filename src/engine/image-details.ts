import type { Kysely } from 'kysely';
import type { ImageDetail } from '#contract/images.ts';
import type { Reason, Suspect } from '#contract/review.ts';
import { imageUnit, type ClassId, type ImageId } from '#core/ids.ts';
import type { Image } from '#core/records/image.ts';
import { newestFirst, type Label } from '#core/records/label.ts';
import type { Verdict } from '#core/records/verdict.ts';
import type { Database, PredictionTable, SuspectTable } from '#store/schema.ts';

const topCount = 5;

/**
 * Everything that is shown of some images, in the order of `ids`; ids that are not there are left out.
 * @param classes order of the probabilities of the current model's predictions
 */
export async function imageDetails(
  db: Kysely<Database>,
  ids: readonly ImageId[],
  classes: readonly ClassId[],
): Promise<ImageDetail[]> {
  const units = ids.map(imageUnit);
  const images = await db.selectFrom('image').selectAll().where('id', 'in', ids).execute();
  const labels = await db.selectFrom('label').selectAll().where('unit', 'in', units).execute();
  const predictions = await db
    .selectFrom('cache.prediction')
    .selectAll()
    .where('unit', 'in', units)
    .execute();
  const suspects = await db.selectFrom('cache.suspect').selectAll().where('unit', 'in', units).execute();
  const verdicts = await db.selectFrom('verdict').selectAll().where('id', 'in', units).execute();
  const byId = new Map(images.map((image) => [image.id, image as Image]));
  const labelsOf = Map.groupBy(labels as Label[], (label) => label.unit);
  const predictionOf = new Map(predictions.map((row) => [row.unit, row]));
  const suspectOf = new Map(suspects.map((row) => [row.unit, row]));
  const verdictOf = new Map(verdicts.map((row) => [row.id, row as Verdict]));
  return ids.flatMap((id) => {
    const image = byId.get(id);
    const unit = imageUnit(id);
    if (!image) return [];
    const own = (labelsOf.get(unit) ?? []).sort(newestFirst);
    const given = own[0] ?? null;
    const suspect = suspectOf.get(unit);
    return [
      {
        ...image,
        unit,
        given,
        labels: own,
        prediction: readPrediction(predictionOf.get(unit), classes),
        suspect: suspect !== undefined && suspect.given === given?.class ? readSuspect(suspect) : null,
        verdict: verdictOf.get(unit) ?? null,
      },
    ];
  });
}

function readPrediction(
  row: PredictionTable | undefined,
  classes: readonly ClassId[],
): ImageDetail['prediction'] {
  if (row === undefined) return null;
  const top = [...readProbabilities(row.probabilities)]
    .flatMap((probability, position) => {
      const id = classes[position];
      return id === undefined ? [] : [{ class: id, probability }];
    })
    .sort((a, b) => b.probability - a.probability)
    .slice(0, topCount);
  return { class: row.class, confidence: row.confidence, top };
}

/** Probabilities as the cache stores them: little-endian float32 at any byte offset. */
function readProbabilities(bytes: Uint8Array): Float32Array {
  return new Float32Array(bytes.slice().buffer);
}

/** A suspect as the contract tells it. */
export function readSuspect(row: SuspectTable): Suspect {
  return { ...row, reasons: JSON.parse(row.reasons) as Reason[] };
}
