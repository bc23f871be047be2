import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createImagePool } from '#images/image-pool.ts';
import { planSample, plantedPattern, sampleFiles, writeSample } from './sample.ts';

const plan = planSample(1);
const labelled = plan.filter(({ label }) => label !== null);
const share = (count: number, of: number): number => count / of;

describe('planSample', () => {
  test('is the same for the same seed and another for another', () => {
    expect(planSample(1)).toEqual(plan);
    expect(planSample(2)).not.toEqual(plan);
  });

  test('has six classes, one of them at 1 %, and leaves about 15 % unlabelled', () => {
    const rare = plan.filter(({ picture }) => picture.kind === 'basophil');
    expect(plan.length).toBe(1200);
    expect(new Set(plan.map(({ picture }) => picture.kind)).size).toBe(6);
    expect(rare.length).toBe(12);
    expect(share(labelled.length, plan.length)).toBeCloseTo(0.85, 1);
    expect(new Set(plan.map(({ file }) => file)).size).toBe(plan.length);
  });

  test('flips about 4 %, and nothing else but the pattern is wrong', () => {
    const flips = labelled.filter(({ planted }) => planted === 'flip');
    expect(share(flips.length, labelled.length)).toBeGreaterThan(0.025);
    expect(share(flips.length, labelled.length)).toBeLessThan(0.055);
    for (const { picture, label, planted } of labelled) {
      expect(label?.class === picture.kind).toBe(planted === 'none');
    }
  });

  test('plants one pattern: all of one reader, one look, one wrong class', () => {
    const pattern = labelled.filter(({ planted }) => planted === 'pattern');
    expect(pattern.length).toBeGreaterThan(15);
    for (const { picture, label } of pattern) {
      expect(label).toMatchObject({ annotator: plantedPattern.annotator, class: plantedPattern.given });
      expect(picture).toMatchObject({ kind: plantedPattern.kind, variant: plantedPattern.variant });
    }
  });

  test('four readers work in several sessions over weeks', () => {
    const times = new Map<string, number[]>();
    for (const { label } of labelled) {
      if (label === null) continue;
      times.set(label.annotator, [...(times.get(label.annotator) ?? []), label.time]);
    }
    expect(times.size).toBe(4);
    for (const each of times.values()) {
      const pauses = each.slice(1).map((time, i) => time - (each[i] ?? 0));
      expect(Math.min(...pauses)).toBeGreaterThan(0);
      expect(pauses.filter((pause) => pause > 3_600_000).length).toBeGreaterThanOrEqual(2);
    }
  });
});

describe('writeSample', () => {
  const folder = mkdtempSync(join(tmpdir(), 'emend-sample-'));
  const pool = createImagePool({ processes: 2 });
  afterAll(async () => {
    await pool.close();
    rmSync(folder, { recursive: true });
  });

  test('writes readable images, labels and the truth', async () => {
    const some = plan.slice(0, 24);
    expect(await writeSample(folder, some, { pool })).toEqual({ ok: true, value: { images: 24 } });
    const images = readdirSync(join(folder, sampleFiles.images)).sort();
    expect(images).toEqual(some.map(({ file }) => file));
    const read = await pool.importImages(images.map((name) => join(folder, sampleFiles.images, name)));
    expect(read.map((result) => result.ok && result.value.width)).toEqual(
      some.map(({ picture }) => picture.sizePx),
    );
    const hashes = read.map((result) => result.ok && result.value.hash);
    expect(new Set(hashes).size).toBe(24);
    const truth = readFileSync(join(folder, sampleFiles.truth), 'utf8').trim().split('\n');
    expect(truth[0]).toBe('path,class,planted');
    expect(truth.length).toBe(25);
    const labels = readFileSync(join(folder, sampleFiles.labels), 'utf8').trim().split('\n');
    expect(labels.length - 1).toBe(some.filter(({ label }) => label !== null).length);
  });

  test('stops when asked to', async () => {
    const result = await writeSample(folder, plan, { pool, signal: AbortSignal.timeout(100) });
    expect(result).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  });
});
