import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run with one plain line that any CI can read: `12 passed, 0 failed, 1 skipped`. */
export default class CountsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    for (const testModule of modules) {
      if (testModule.errors().length > 0) counts.failed++;
      for (const test of testModule.children.allTests()) {
        const { state } = test.result();
        if (state !== 'pending') counts[state]++;
        if (state === 'skipped') console.log(`SKIPPED ${testModule.relativeModuleId}: ${test.fullName}`);
      }
    }
    console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  }
}
