import { describe, expect, test } from 'vitest';
import { seededRandom } from '#base/random.ts';
import type { Judged } from './confident-learning.ts';
import { countByConfidentLearning, countByInjection, estimateErrors } from './estimated-errors.ts';
import { softmaxRows } from './temperature.ts';

/** A model of this sharpness that is calibrated about the truth, and labels of which a share is flipped evenly. */
function flipped(noise: number, sharpness: number): { judged: Judged; wrong: number } {
  const random = seededRandom(11);
  const [rows, cols] = [3000, 4];
  const probabilities = softmaxRows({
    data: Float64Array.from({ length: rows * cols }, () => sharpness * random.normal()),
    rows,
    cols,
  });
  let wrong = 0;
  const labels = Int32Array.from({ length: rows }, (_, row) => {
    let rest = random.next();
    let truth = 0;
    while (truth < cols - 1 && (rest -= probabilities.data[row * cols + truth]!) > 0) truth++;
    if (random.next() >= noise) return truth;
    wrong++;
    return (truth + 1 + random.int(cols - 1)) % cols;
  });
  return { judged: { labels, probabilities }, wrong };
}

describe.each([0.03, 0.1, 0.3])('flips of %f of the labels', (noise) => {
  test('injection counts them under a strong model', () => {
    const { judged, wrong } = flipped(noise, 8);
    const { value } = countByInjection(judged);
    expect(value / wrong).toBeGreaterThan(0.7);
    expect(value / wrong).toBeLessThan(1.5);
  });

  test('the interval holds them under a weak model, where confident learning counts doubt as error', () => {
    const { judged, wrong } = flipped(noise, 3);
    expect(countByConfidentLearning(judged).value).toBeGreaterThan(wrong);
    const { low, value, high } = estimateErrors(judged);
    expect(low).toBeLessThan(wrong);
    expect(high).toBeGreaterThan(wrong);
    expect(low).toBeLessThanOrEqual(value);
    expect(value).toBeLessThanOrEqual(high);
  });
});
