import { eventProcedures } from './events.ts';
import { historyProcedures } from './history.ts';
import { imageProcedures } from './images.ts';
import { jobProcedures } from './job.ts';
import { classProcedures, labelProcedures } from './labels.ts';
import { modelProcedures } from './model.ts';
import { preferenceProcedures } from './preferences.ts';
import { projectProcedures } from './project.ts';
import { reviewProcedures } from './review.ts';

/** Everything that a window, a terminal or a script can ask of the engine. */
export const contract = {
  project: projectProcedures,
  images: imageProcedures,
  labels: labelProcedures,
  classes: classProcedures,
  review: reviewProcedures,
  model: modelProcedures,
  jobs: jobProcedures,
  history: historyProcedures,
  preferences: preferenceProcedures,
  events: eventProcedures,
};
