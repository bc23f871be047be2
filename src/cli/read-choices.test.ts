import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ProblemError } from '#base/problem.ts';
import { readChoices } from './read-choices.ts';

async function written(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'emend-choices-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'choices.json');
  await writeFile(file, text);
  return file;
}

async function reasonOf(file: string): Promise<string> {
  const error: unknown = await readChoices(file).catch((thrown: unknown) => thrown);
  if (!(error instanceof ProblemError)) throw new Error('it should be refused');
  expect(error.problem.subject).toBe(file);
  return error.problem.reason;
}

test('what a file names is chosen, and nothing else', async () => {
  const file = await written(
    '{"loss": {"kind": "focal", "gamma": 2}, "averaging": {"crops": true, "folds": false}}',
  );
  expect(await readChoices(file)).toEqual({
    loss: { kind: 'focal', gamma: 2 },
    averaging: { crops: true, folds: false },
  });
});

test('what cannot be chosen is named', async () => {
  expect(await reasonOf(await written('{"sampling": "wild"}'))).toContain('Change sampling');
  expect(await reasonOf(await written('{"loss": {"kind": "focal", "gamma": 9}}'))).toContain(
    'Change loss.gamma',
  );
  expect(await reasonOf(await written('{"lossy": 1}'))).toContain('lossy');
  expect(await reasonOf(await written('{'))).toContain('not JSON');
  expect(await reasonOf('/nowhere/choices.json')).toContain('no such file');
});
