import type { Committed } from '#contract/labels.ts';
import type { ImageDetail } from '#contract/images.ts';
import { imageUnit, type AnnotatorId, type ClassId, type ImageId } from '#core/ids.ts';
import { labelId } from '#core/records/label.ts';
import { formatCount } from '../i18n/format.ts';
import { text } from '../i18n/text.ts';
import { api, client, queryClient } from './api.ts';
import { detailOptions, detailsKey } from './details.ts';
import { saving } from './saving.ts';
import { attempt, toast } from './toast.tsx';

/** An image as it will be once somebody gave it a class; with null, once its labels are off. */
export function relabelled(
  image: ImageDetail,
  by: { readonly annotator: AnnotatorId; readonly class: ClassId | null; readonly time: number },
): ImageDetail {
  if (by.class === null) return { ...image, given: null, labels: [] };
  const label = {
    id: labelId(image.unit, by.annotator),
    unit: image.unit,
    annotator: by.annotator,
    class: by.class,
    time: by.time,
    session: '',
  };
  const others = image.labels.filter(({ annotator }) => annotator !== by.annotator);
  return { ...image, given: label, labels: [label, ...others] };
}

/** Shows a change at once and takes it back when it could not be saved. */
async function optimistically(
  ids: readonly ImageId[],
  change: (image: ImageDetail) => ImageDetail,
  commit: () => Promise<Committed>,
): Promise<Committed> {
  await queryClient.cancelQueries({ queryKey: detailsKey });
  const before: ImageDetail[] = [];
  for (const id of ids) {
    queryClient.setQueryData(detailOptions(id).queryKey, (image) => {
      if (image === undefined) return image;
      before.push(image);
      return change(image);
    });
  }
  try {
    return await saving(commit);
  } catch (error) {
    for (const image of before) queryClient.setQueryData(detailOptions(image.id).queryKey, image);
    throw error;
  }
}

function tellBulk(count: number, message: string): void {
  if (count > 1) toast(message, { label: text('common.undo'), run: undo });
}

function currentAnnotator(): AnnotatorId {
  const info = queryClient.getQueryData(api.project.info.queryOptions().queryKey);
  return info?.annotator.id ?? ('' as AnnotatorId);
}

/** Gives a class to images (null takes their labels off). Seen at once, taken back if it cannot be saved. */
export async function labelImages(ids: readonly ImageId[], to: ClassId | null): Promise<void> {
  if (ids.length === 0) return;
  const by = { annotator: currentAnnotator(), class: to, time: Date.now() };
  await optimistically(
    ids,
    (image) => relabelled(image, by),
    () => client.labels.set({ units: ids.map(imageUnit), class: to }),
  );
  const classes = queryClient.getQueryData(api.classes.list.queryOptions().queryKey);
  const name = classes?.find(({ id }) => id === to)?.name ?? '';
  const count = formatCount(ids.length);
  tellBulk(
    ids.length,
    to === null ? text('label.cleared', { total: count }) : text('label.set', { total: count, name }),
  );
}

/** Labels images with what the model predicts for them; those without a prediction stay as they are. */
export async function acceptPredictions(ids: readonly ImageId[]): Promise<void> {
  if (ids.length === 0) return;
  const annotator = currentAnnotator();
  const time = Date.now();
  const { changed } = await optimistically(
    ids,
    (image) =>
      image.prediction === null
        ? image
        : relabelled(image, { annotator, class: image.prediction.class, time }),
    () => client.labels.acceptPredictions({ units: ids.map(imageUnit) }),
  );
  tellBulk(ids.length, text('label.accepted', { total: formatCount(changed) }));
}

/** Takes back the last action. */
export function undo(): void {
  attempt(saving(() => client.history.undo()));
}

/** Does again what was taken back last. */
export function redo(): void {
  attempt(saving(() => client.history.redo()));
}
