import type { ClassId, ImageId } from '#core/ids.ts';

/** How many of some images carry which current label; classes that none carries are left out. */
export interface LabelCounts {
  readonly byClass: ReadonlyMap<ClassId, number>;
  readonly unlabelled: number;
}

/** Counts the labels of images; `members` are all images of each class. */
export function countLabels(
  images: ReadonlySet<ImageId>,
  members: readonly (readonly [ClassId, readonly ImageId[]])[],
): LabelCounts {
  const counts = members.map(([id, all]) => [id, all.filter((image) => images.has(image)).length] as const);
  const labelled = counts.reduce((sum, [, count]) => sum + count, 0);
  return {
    byClass: new Map(counts.filter(([, count]) => count > 0)),
    unlabelled: images.size - labelled,
  };
}
