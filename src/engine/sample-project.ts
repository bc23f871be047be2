import { problem } from '#base/problem.ts';
import { err, type Result } from '#base/result.ts';
import type { EngineHost } from './host.ts';

/** Makes a sample project. */
export async function startSample(
  _host: EngineHost,
  folder: string | null,
): Promise<Result<{ job: string }>> {
  return err(problem('unsupported', folder ?? 'sample', 'The sample is not drawn yet.'));
}
