import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** Waits until nothing fades or moves any more: colours in between are nobody's design. What turns forever may. */
async function atRest(page: Page): Promise<void> {
  const moving = (): Promise<number> =>
    page.evaluate(
      () =>
        document
          .getAnimations()
          .filter(
            ({ playState, effect }) => playState === 'running' && effect?.getTiming().iterations !== Infinity,
          ).length,
    );
  await expect.poll(moving).toBe(0);
}

/** What axe finds serious or critical on the page at rest, one line each. */
export async function violations(page: Page): Promise<string[]> {
  await atRest(page);
  // The debugger may evaluate what the content security policy keeps from the page.
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate(async () => {
    const { axe: inspector } = window as unknown as { axe: { run: (root: Document) => Promise<AxeResults> } };
    return inspector.run(document);
  });
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
    );
}
