import { expect, test } from 'vitest';
import { defaultChoices, regimes } from '#contract/training.ts';
import { headSettings, plainHead } from './head-settings.ts';

const focal = { kind: 'focal', gamma: 2 } as const;
const triplet = { kind: 'triplet', weight: 1, margin: 0.2 } as const;

test('without choices every regime but class means trains the plain head', () => {
  for (const regime of regimes) {
    const expected = { ...plainHead, regime: regime === 'prototype' ? 'prototype' : 'head' };
    expect(headSettings({ regime, choices: defaultChoices })).toEqual({ ok: true, value: expected });
  }
});

test('a head is trained as chosen, the one that a network begins with is not', () => {
  const choices = { ...defaultChoices, loss: focal, sampling: 'over', seed: 5 } as const;
  const chosen = { loss: focal, sampling: 'over', seed: 5 };
  expect(headSettings({ regime: 'head', choices })).toEqual({
    ok: true,
    value: { ...chosen, regime: 'head' },
  });
  expect(headSettings({ regime: 'auto', choices })).toEqual({
    ok: true,
    value: { ...chosen, regime: 'auto' },
  });
  expect(headSettings({ regime: 'full', choices })).toEqual({ ok: true, value: { ...plainHead, seed: 5 } });
});

test('a loss of networks is refused for a head, and left to the networks where both are tried', () => {
  const choices = { ...defaultChoices, loss: triplet };
  expect(headSettings({ regime: 'head', choices })).toMatchObject({ ok: false, error: { subject: 'loss' } });
  expect(headSettings({ regime: 'auto', choices })).toMatchObject({ value: { loss: plainHead.loss } });
  expect(headSettings({ regime: 'blocks', choices })).toMatchObject({ ok: true });
});

test.each(['smote', 'ensemble'] as const)('%s is for heads only', (sampling) => {
  const choices = { ...defaultChoices, sampling };
  expect(headSettings({ regime: 'head', choices })).toMatchObject({ value: { sampling } });
  for (const regime of ['auto', 'blocks', 'full', 'head-then-full'] as const) {
    expect(headSettings({ regime, choices })).toMatchObject({ ok: false, error: { subject: 'sampling' } });
  }
});

test('a head cannot keep sources alike, a network can', () => {
  const choices = { ...defaultChoices, alignment: { kind: 'coral', weight: 30 } } as const;
  expect(headSettings({ regime: 'head', choices })).toMatchObject({
    ok: false,
    error: { subject: 'alignment' },
  });
  expect(headSettings({ regime: 'full', choices }).ok).toBe(true);
});
