import { describe, expect, test } from 'vitest';
import { expectClose, matrixOf, oracleCases, rowsOf, type OracleCase } from '#test/support/oracle.ts';
import {
  calibratedJoint,
  confidentClasses,
  confidentJoint,
  confidentThresholds,
  inverseNoiseMatrix,
  jointDistribution,
  noiseMatrix,
  roundedJoint,
  type Judged,
} from './confident-learning.ts';
import { findLabelIssues, issueFilters } from './label-issues.ts';
import {
  adjustedProbabilities,
  confidenceWeightedEntropy,
  ensembleSelfConfidence,
  normalizedEntropy,
  normalizedMargin,
  selfConfidence,
} from './label-scores.ts';

const files = ['12x3', '200x4', '500x6', 'edge'].flatMap((name) =>
  oracleCases(`confident-learning-${name}.json`).map((one) => ({ ...one, name: `${name}: ${one.name}` })),
);
const cases = files.filter((one) => one.inputs.predProbs !== undefined);
const ensembles = files.filter((one) => one.inputs.predProbsList !== undefined);

function judgedOf({ inputs }: OracleCase): Judged {
  return {
    labels: Int32Array.from(inputs.labels as number[]),
    probabilities: matrixOf(inputs.predProbs as number[][]),
  };
}

describe.each(cases)('$name', (one) => {
  const judged = judgedOf(one);
  const { expected, tolerance, inputs } = one;
  const check = (actual: unknown, name: string): void => {
    if (expected[name] !== undefined) expectClose(actual, expected[name], tolerance);
  };

  test('thresholds, joint and noise matrices', () => {
    const joint = confidentJoint(judged);
    const calibrated = calibratedJoint(joint, judged.labels);
    const rounded = roundedJoint(calibrated);
    check(confidentThresholds(judged), 'thresholds');
    check(rowsOf(joint), 'confidentJointUncalibrated');
    check(rowsOf(calibrated), 'confidentJointCalibratedUnrounded');
    check(rowsOf(rounded), 'confidentJointCalibrated');
    check(rowsOf(jointDistribution(rounded)), 'joint');
    check(rowsOf(noiseMatrix(rounded)), 'noiseMatrixGivenRowsTrueColumns');
    const inverse = rowsOf(inverseNoiseMatrix(rounded));
    check(
      inverse.map((_, truth) => inverse.map((row) => row[truth])),
      'inverseNoiseMatrixTrueRowsGivenColumns',
    );
    const confident = confidentClasses(judged);
    const off = [...judged.labels.keys()].filter(
      (row) => confident[row] !== -1 && confident[row] !== judged.labels[row],
    );
    expect(off).toEqual(expected.offDiagonalIndices);
  });

  test.each(issueFilters)('issues by %s', (filter) => {
    const options = {
      ...(inputs.fracNoise === undefined ? {} : { fracNoise: inputs.fracNoise as number }),
      ...(inputs.minExamplesPerClass === undefined
        ? {}
        : { minExamplesPerClass: inputs.minExamplesPerClass as number }),
    };
    expect(findLabelIssues(judged, filter, options)).toEqual(
      (expected.filters as Record<string, number[]>)[filter],
    );
  });

  test('scores and ranked issues', () => {
    const scores = {
      self_confidence: selfConfidence(judged),
      normalized_margin: normalizedMargin(judged),
      confidence_weighted_entropy: confidenceWeightedEntropy(judged),
    };
    const options = inputs as { fracNoise?: number; minExamplesPerClass?: number };
    for (const [name, values] of Object.entries(scores)) {
      expectClose(values, (expected.scores as Record<string, number[]>)[name], tolerance);
      const ranked = findLabelIssues(judged, 'prune_by_noise_rate', options).toSorted(
        (a, b) => values[a]! - values[b]!,
      );
      expect(ranked).toEqual((expected.rankedIssues as Record<string, number[]>)[name]);
    }
    expectClose(normalizedEntropy(judged.probabilities), expected.normalizedEntropy, tolerance);
    if (expected.adjustedScores === undefined) return;
    const adjusted = { ...judged, probabilities: adjustedProbabilities(judged) };
    const wanted = expected.adjustedScores as Record<string, number[]>;
    expectClose(selfConfidence(adjusted), wanted.self_confidence, tolerance);
    expectClose(normalizedMargin(adjusted), wanted.normalized_margin, tolerance);
    expectClose(rowsOf(adjusted.probabilities).slice(0, 5), expected.adjustedPredProbsFirstRows, tolerance);
  });

  test('how many labels are issues', () => {
    const count = findLabelIssues(judged, 'confident_learning').length;
    const rounded = roundedJoint(calibratedJoint(confidentJoint(judged), judged.labels));
    const off = rounded.data.reduce(
      (sum, value, at) => sum + (Math.floor(at / rounded.cols) === at % rounded.cols ? 0 : value),
      0,
    );
    expect({ off_diagonal: count, off_diagonal_calibrated: off }).toEqual(expected.numLabelIssues);
    check(1 - count / judged.labels.length, 'labelHealthScore');
  });
});

test.each(ensembles)('$name', ({ inputs, expected, tolerance }) => {
  const labels = Int32Array.from(inputs.labels as number[]);
  const models = (inputs.predProbsList as number[][][]).map(matrixOf);
  expectClose(ensembleSelfConfidence(labels, models), expected.accuracy, tolerance);
});

test('a unit confidently of another class is an issue', () => {
  const probabilities = matrixOf([
    [0.9, 0.1],
    [0.8, 0.2],
    [0.1, 0.9],
    [0.2, 0.8],
    [0.05, 0.95],
  ]);
  const judged = { labels: Int32Array.of(0, 0, 1, 1, 0), probabilities };
  expect(findLabelIssues(judged, 'confident_learning')).toEqual([4]);
  expect(rowsOf(confidentJoint(judged))).toEqual([
    [2, 1],
    [0, 1],
  ]);
});
