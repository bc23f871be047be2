import { app } from './app.ts';
import { audit } from './audit.ts';
import { augmentation } from './augmentation.ts';
import { common } from './common.ts';
import { data } from './data.ts';
import { gallery } from './gallery.ts';
import { history } from './history.ts';
import { image } from './image.ts';
import { inspector } from './inspector.ts';
import { job } from './job.ts';
import { label } from './label.ts';
import { reasons } from './reasons.ts';
import { review } from './review.ts';
import { start } from './start.ts';
import { train } from './train.ts';
import { tune } from './tune.ts';

/** Every text of the program, in English. One file per area. */
export const en = {
  app,
  audit,
  augmentation,
  common,
  data,
  gallery,
  history,
  image,
  inspector,
  job,
  label,
  reasons,
  review,
  start,
  train,
  tune,
} as const;
