import type { ImageFilter, ImageSort } from '#contract/images.ts';

/** Every image, by path. */
export const emptyFilter: ImageFilter = {
  classes: [],
  predicted: [],
  annotators: [],
  sources: [],
  splits: [],
  labelled: null,
  suspicion: null,
  disagreeing: false,
  text: '',
};
export const defaultSort: ImageSort = { by: 'path', descending: false };

/** Whether the filter leaves anything out. */
export function isFiltering(filter: ImageFilter): boolean {
  return JSON.stringify(filter) !== JSON.stringify(emptyFilter);
}
