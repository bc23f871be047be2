import { appActions } from './app.ts';
import { dataActions } from './data.ts';
import { galleryActions } from './gallery.ts';
import { imageActions } from './image.ts';
import { reviewActions } from './review.ts';
import type { ActionSpec } from './spec.ts';
import { trainActions } from './train.ts';

const all = {
  ...appActions,
  ...galleryActions,
  ...dataActions,
  ...imageActions,
  ...reviewActions,
  ...trainActions,
} as const;

export type ActionId = keyof typeof all;

/** Every action of the program. */
export const actionSpecs: Readonly<Record<ActionId, ActionSpec>> = all;

export const actionIds = Object.keys(all) as readonly ActionId[];
