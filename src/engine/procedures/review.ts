import { problem } from '#base/problem.ts';
import { err, ok } from '#base/result.ts';
import type { EngineHost } from '../host.ts';
import { currentAudit } from '../current-audit.ts';
import { decide, ranking, reviewQueue, suspectPairs } from '../review.ts';
import { changeProject, onProject, os } from './os.ts';

/** The suspect queue and the decisions about it. */
export function reviewRouter(host: EngineHost) {
  return {
    queue: os.review.queue.handler(({ input }) =>
      onProject(host, async (workspace) => {
        const audit = await currentAudit(workspace.store);
        return ok(await reviewQueue(workspace, input, audit?.at ?? 0));
      }),
    ),
    ranking: os.review.ranking.handler(() =>
      onProject(host, async (workspace) => {
        const audit = await currentAudit(workspace.store);
        if (audit === null)
          return err(problem('not-found', workspace.store.folder, 'Nothing was trained yet.'));
        const { estimatedErrors, seconds } = audit;
        return ok({ units: await ranking(workspace), estimatedErrors, seconds });
      }),
    ),
    pairs: os.review.pairs.handler(() =>
      onProject(host, async (workspace) => ok(await suspectPairs(workspace))),
    ),
    decide: os.review.decide.handler(({ input }) =>
      changeProject(host, (workspace) => decide(workspace, [input])),
    ),
    decideAll: os.review.decideAll.handler(({ input }) =>
      changeProject(host, (workspace) => decide(workspace, input.decisions)),
    ),
  };
}
