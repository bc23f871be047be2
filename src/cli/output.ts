import type { Command } from 'commander';
import type { ProblemCode } from '#base/problem.ts';
import { problemIn } from '#engine/problem-in.ts';

/** What a command has to say: one JSON document for scripts, or lines for a person. */
export interface Answer {
  /** Undefined when the command has said what it had to say while it ran. */
  readonly json: unknown;
  readonly lines: readonly string[];
}

/** Exit statuses: done, failed, wrong usage, bad input. */
export const exitStatus = { done: 0, failed: 1, usage: 2, input: 3 } as const;

const inputCodes: ReadonlySet<ProblemCode> = new Set([
  'bad-input',
  'not-found',
  'exists',
  'unsupported',
  'damaged',
  'too-few',
]);

/** Makes a command's action: prints its answer, or its problem as one line `subject: reason`, and sets the status. */
export function answering(work: (...args: never[]) => Promise<Answer>) {
  return async (...args: unknown[]): Promise<void> => {
    const command = args.at(-1) as Command;
    try {
      const answer = await work(...(args as never[]));
      if (answer.json === undefined) return;
      const isJson = command.optsWithGlobals()['json'] === true;
      console.log(isJson ? JSON.stringify(answer.json, null, 1) : answer.lines.join('\n'));
    } catch (error) {
      const known = problemIn(error, 'emend');
      console.error(known === null ? error : oneLine(`${known.subject}: ${known.reason}`));
      const isInput = known !== null && inputCodes.has(known.code);
      process.exitCode = isInput ? exitStatus.input : exitStatus.failed;
    }
  };
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
