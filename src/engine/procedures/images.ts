import { ok } from '#base/result.ts';
import { addImages } from '../add-images.ts';
import { countFacets, listImages } from '../gallery.ts';
import type { EngineHost } from '../host.ts';
import { imageDetails } from '../image-details.ts';
import { currentModel } from '../model-registry.ts';
import { nearestImages } from '../neighbours.ts';
import { onProject, os, startWriting } from './os.ts';

/** Images: list, look at, add. */
export function imageRouter(host: EngineHost) {
  return {
    list: os.images.list.handler(({ input }) =>
      onProject(host, async ({ store }) => {
        const { seq } = store;
        return ok({ ...(await listImages(store, input.filter, input.sort)), seq });
      }),
    ),
    details: os.images.details.handler(({ input }) =>
      onProject(host, async ({ store }) => {
        const model = await currentModel(store);
        return ok(await imageDetails(store.db, input.ids, model?.classes ?? []));
      }),
    ),
    neighbours: os.images.neighbours.handler(({ input }) =>
      onProject(host, (workspace) => nearestImages(workspace, input)),
    ),
    add: os.images.add.handler(({ input }) =>
      startWriting(host, (workspace) =>
        host.jobs.start('add', (job) => addImages(workspace, host.images, { ...input, job })),
      ),
    ),
    facets: os.images.facets.handler(() =>
      onProject(host, async ({ store }) => ok(await countFacets(store))),
    ),
  };
}
