import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import { isProjectFolder } from '#store/project-folder.ts';
import { addImages } from './add-images.ts';
import type { EngineHost } from './host.ts';
import type { JobHandle, Summary } from './jobs.ts';
import { planSample, sampleFiles, writeSample } from './sample.ts';
import type { Workspace } from './workspace.ts';

const sampleSeed = 7;
const sampleName = 'Blood cells (sample)';

/** Where the sample goes when nobody says. */
function defaultFolder(): string {
  return join(homedir(), 'Emend', 'sample');
}

/**
 * Creates or opens the sample project and starts a job that draws its images and adds them with their labels. A
 * sample that is complete is opened as it is. Any other project is left alone: a sample is known by its tables, which
 * are written before anything is drawn, so that one that was stopped can be gone on with.
 */
export async function startSample(host: EngineHost, folder: string | null): Promise<Result<{ job: string }>> {
  const path = resolve(folder ?? defaultFolder());
  if (isProjectFolder(path) && !existsSync(join(path, sampleFiles.truth)))
    return err(problem('exists', path, 'This is a project of its own; name a new folder for the sample.'));
  const workspace = isProjectFolder(path) ? await host.open(path) : await host.create(path, sampleName);
  if (!workspace.ok) return workspace;
  return ok({ job: host.jobs.start('sample', (job) => fillSample(host, workspace.value, job)) });
}

async function fillSample(host: EngineHost, workspace: Workspace, job: JobHandle): Promise<Result<Summary>> {
  const plan = planSample(sampleSeed);
  const { folder } = workspace.store;
  const images = await workspace.store.db.selectFrom('image').select('id').execute();
  if (images.length >= plan.length) return ok({ images: 0, labels: 0, known: images.length, folder });
  const written = await writeSample(folder, plan, {
    pool: host.images,
    signal: job.signal,
    onDone: (done) => job.progress('draw', done, plan.length),
  });
  if (!written.ok) return written;
  return addImages(workspace, host.images, {
    folder: join(folder, sampleFiles.images),
    labels: { kind: 'csv', file: join(folder, sampleFiles.labels) },
    annotator: null,
    job,
  });
}
