import type { Locator } from 'playwright-core';
import { TrainPage } from './train-page.ts';

/** Fine-tuning networks, as its user sees it. */
export class TunePage extends TrainPage {
  /** Where a training is put together. */
  get settings(): Locator {
    return this.page.getByRole('region', { name: 'Fine-tune a network' });
  }

  /** The training that goes on or was stopped. */
  get run(): Locator {
    return this.page.getByRole('region', { name: 'Training the network' });
  }

  get comparison(): Locator {
    return this.page.getByRole('region', { name: 'Comparison' });
  }

  /** Points that a plot shows, of all its lines. */
  async points(plot: 'Loss' | 'Accuracy'): Promise<number> {
    const lines = this.run.getByRole('img', { name: new RegExp(`^${plot}`) }).locator('[data-points]');
    const counts = await lines.evaluateAll((all) =>
      all.map((line) => Number(line.getAttribute('data-points'))),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** An item of the menu of a model, by its place from the newest. */
  async more(at: number, item: string): Promise<void> {
    await this.models
      .nth(at)
      .getByRole('button', { name: /^More: / })
      .click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }
}
