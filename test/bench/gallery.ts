import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createRouterClient } from '@orpc/server';
import { createEngine } from '#engine/engine.ts';
import { writeLargeProject } from '../support/large-project.ts';
import { inWords, measured } from '../support/stalls.ts';
import { figure, quantile, type Row } from './row.ts';

const imageCount = 100_000;
const pageSize = 60;

/** What the gallery asks of a project of 100,000 images, and what a label takes meanwhile. */
export async function benchGallery(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'emend-bench-'));
  const engine = await createEngine({ home: folder });
  try {
    const project = await writeLargeProject(join(folder, 'project'), imageCount);
    const client = createRouterClient(engine.router, { context: {} });
    const bare = bareIdsMs(join(project, 'project.sqlite'));
    await client.project.open({ folder: project });
    let ids: Awaited<ReturnType<typeof client.images.list>>['ids'] = [];
    const page = await measured(async () => {
      ({ ids } = await client.images.list({ filter: {}, sort: {} }));
      await client.images.details({ ids: ids.slice(0, pageSize) });
    });
    const worst = await measured(() =>
      client.images.list({ filter: { suspicion: 0.5 }, sort: { by: 'suspicion', descending: true } }),
    );
    const beside = ({ elapsedMs }: { elapsedMs: number }): string =>
      `${(elapsedMs / bare).toFixed(1)} × bare SQLite reading all ids (${bare.toFixed(0)} ms)`;
    const facets = await measured(() => client.images.facets());
    const units = ids.slice(0, 10_000) as never[];
    const many = await measured(() => client.labels.set({ units, class: 'class-1' as never }));
    const labelMs: number[] = [];
    for (const unit of ids.slice(20_000, 20_300)) {
      const since = performance.now();
      await client.labels.set({ units: [unit as never], class: 'class-2' as never });
      labelMs.push(performance.now() - since);
    }
    const [p50, p99] = [quantile(labelMs, 0.5), quantile(labelMs, 0.99)];
    return [
      figure(
        `first page of ${imageCount} images: the whole list and ${pageSize} tiles`,
        inWords(page),
        beside(page),
      ),
      figure(`the suspects among ${imageCount} images, most suspect first`, inWords(worst), beside(worst)),
      figure(`counts for the filters of ${imageCount} images`, inWords(facets)),
      figure('10,000 images labelled in one action', inWords(many)),
      {
        ...figure(
          `label acknowledged, ${imageCount} images`,
          `${p50.toFixed(1)} ms (half), ${p99.toFixed(1)} ms (99 %)`,
        ),
        ...{ target: '< 50 ms', isMet: p99 < 50 },
      },
    ];
  } finally {
    await engine.close();
    await rm(folder, { recursive: true });
  }
}

function bareIdsMs(file: string): number {
  const db = new DatabaseSync(file, { readOnly: true });
  const since = performance.now();
  db.prepare('SELECT id FROM image').all();
  const elapsed = performance.now() - since;
  db.close();
  return elapsed;
}
