import type { EngineHost } from './host.ts';
import { historyRouter } from './procedures/history.ts';
import { imageRouter } from './procedures/images.ts';
import { eventRouter, jobRouter } from './procedures/jobs.ts';
import { classRouter, labelRouter } from './procedures/labels.ts';
import { modelRouter } from './procedures/model.ts';
import { os } from './procedures/os.ts';
import { preferenceRouter } from './procedures/preferences.ts';
import { projectRouter } from './procedures/project.ts';
import { reviewRouter } from './procedures/review.ts';

/** The contract, implemented on one engine. */
export function engineRouter(host: EngineHost) {
  return os.router({
    project: projectRouter(host),
    images: imageRouter(host),
    labels: labelRouter(host),
    classes: classRouter(host),
    review: reviewRouter(host),
    model: modelRouter(host),
    jobs: jobRouter(host),
    history: historyRouter(host),
    preferences: preferenceRouter(host),
    events: eventRouter(host),
  });
}
export type EngineRouter = ReturnType<typeof engineRouter>;
