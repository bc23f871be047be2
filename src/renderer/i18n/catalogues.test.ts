import { expect, test } from 'vitest';
import { jobSteps } from '#contract/job.ts';
import { actionNames } from '#core/journal.ts';
import { actionIds } from '../state/action-specs/all.ts';
import { en } from './en/catalogue.ts';
import { ko } from './ko/catalogue.ts';

type Catalogue = { readonly [key: string]: string | Catalogue };

function flatten(catalogue: Catalogue, prefix = ''): [key: string, text: string][] {
  return Object.entries(catalogue).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[prefix + key, value] as [string, string]]
      : flatten(value, `${prefix}${key}.`),
  );
}

const english = new Map(flatten(en));
const korean = new Map(flatten(ko));
const placeholders = (text: string): string[] => (text.match(/\{\{.*?\}\}/g) ?? []).sort();

test('both languages have the same texts; Korean has no singular', () => {
  expect([...korean.keys()].sort()).toEqual(
    [...english.keys()].filter((key) => !key.endsWith('_one')).sort(),
  );
});

test('a text has the same placeholders in both languages', () => {
  for (const [key, text] of korean)
    expect(placeholders(text), key).toEqual(placeholders(english.get(key) ?? ''));
});

test('every singular has its plural', () => {
  for (const key of english.keys()) {
    if (key.endsWith('_one')) expect(english.has(key.replace(/_one$/, '_other')), key).toBe(true);
  }
});

test('no text is empty, shouts, or was left in the other language', () => {
  for (const [key, text] of [...english, ...korean]) {
    expect(text.trim(), key).not.toBe('');
    expect(text, key).not.toContain('!');
  }
  for (const [key, text] of english) expect(text, key).not.toMatch(/[가-힣]/);
});

test('every action has a name', () => {
  for (const id of actionIds) expect([...english.keys()]).toContain(id.replace('.', '.action.'));
});

test('every step of a job has words of its own, and no words are without a step', () => {
  for (const catalogue of [en, ko]) {
    const { step } = catalogue.job;
    expect(Object.keys(step).sort()).toEqual([...jobSteps].sort());
    expect(new Set(Object.values(step)).size).toBe(jobSteps.length);
  }
});

test('every journal action has a sentence', () => {
  for (const name of actionNames) expect([...english.keys()]).toContain(`history.entry.${name}`);
});
