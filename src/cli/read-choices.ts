import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { must } from '#base/assert.ts';
import { problem, ProblemError } from '#base/problem.ts';
import { trainingChoicesSchema, type TrainingChoices } from '#contract/training.ts';

const choicesSchema = z.strictObject(trainingChoicesSchema.shape).partial();

/**
 * Reads what a person chose for a training from a JSON file; what it does not name stays as it is. Throws a
 * ProblemError that names the first choice that can't be.
 */
export async function readChoices(file: string): Promise<Partial<TrainingChoices>> {
  const written = await readJson(file);
  const found = choicesSchema.safeParse(written);
  if (found.success) return onlyNamed(found.data, written);
  const { path, message } = must(found.error.issues[0], 'what is wrong is named');
  const where = path.length === 0 ? 'the choices' : path.join('.');
  throw new ProblemError(problem('bad-input', file, `Change ${where}: ${message}.`));
}

async function readJson(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    throw new ProblemError(problem('not-found', file, 'There is no such file that can be read.'));
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new ProblemError(
      problem('bad-input', file, 'This is not JSON; write {"loss": {"kind": "focal", "gamma": 2}}.'),
    );
  }
}

/** Without what the schema fills in. */
function onlyNamed(values: Readonly<Record<string, unknown>>, written: unknown): Partial<TrainingChoices> {
  const names = new Set(Object.keys(written as object));
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
}
