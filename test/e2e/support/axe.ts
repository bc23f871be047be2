import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** What axe finds serious or critical on the page, one line each. */
export async function violations(page: Page): Promise<string[]> {
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
