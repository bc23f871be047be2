import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** Tests with this in their name are skipped where Electron cannot be downloaded, which CI does not hold against us. */
const excused = 'needs the Electron binary';

/**
 * Ends a run with one plain line that any CI can read: `12 passed, 0 failed, 1 skipped`. In CI, where everything that
 * tests need is installed, a skipped test is a failure.
 */
export default class CountsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const counts = { passed: 0, failed: errors.length, skipped: 0 };
    let unexcused = 0;
    for (const testModule of modules) {
      if (testModule.errors().length > 0) counts.failed++;
      for (const test of testModule.children.allTests()) {
        const { state } = test.result();
        if (state !== 'pending') counts[state]++;
        if (state !== 'skipped') continue;
        console.log(`SKIPPED ${testModule.relativeModuleId}: ${test.fullName}`);
        if (!test.fullName.includes(excused)) unexcused++;
      }
    }
    if (unexcused > 0 && process.env['CI'] === 'true') {
      console.log(`FAILED ${unexcused} of the skipped tests could have run here`);
      process.exitCode = 1;
    }
    console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  }
}
