import { once } from 'node:events';
import type { Result } from '#base/result.ts';
import { startThread } from './start-thread.ts';
import type { VerifyReport } from './verify.ts';

/** As `verifyProject`, in a thread: a check of a large project takes seconds, in which this one must answer. */
export async function verifyAside(folder: string): Promise<Result<VerifyReport>> {
  const thread = startThread({ kind: 'verify', folder });
  try {
    const [report] = (await once(thread, 'message')) as [Result<VerifyReport>];
    return report;
  } finally {
    await thread.terminate();
  }
}
