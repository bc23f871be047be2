/** The views that the window can show. */
export const viewNames = [
  'start',
  'gallery',
  'image',
  'review',
  'audit',
  'train',
  'data',
  'history',
] as const;
export type ViewName = (typeof viewNames)[number];
