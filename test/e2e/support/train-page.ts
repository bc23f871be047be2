import type { Locator } from 'playwright-core';
import { Frame } from './frame.ts';

/** Training and what came of it, as its user sees it. */
export class TrainPage extends Frame {
  get models(): Locator {
    return this.page.getByRole('region', { name: 'Models' }).locator('tbody').getByRole('row');
  }

  get round(): Locator {
    return this.page.getByRole('region', { name: 'What did this round buy?' });
  }

  /** Retrains by key and waits for the new model. */
  async retrain(): Promise<void> {
    await this.show('Train');
    const before = await this.models.count();
    await this.press('Control+Enter');
    await this.models.nth(before).waitFor({ timeout: 240_000 });
    await this.page.getByText('No label changed since').waitFor();
  }

  /** Cross-validated accuracy in percent, as the page shows it. */
  async accuracy(): Promise<number> {
    const row = this.page
      .getByRole('region', { name: 'How good it is' })
      .getByRole('row', { name: /^Accuracy/ });
    return Number(/([\d.]+)/.exec(await row.innerText())?.[1]);
  }
}
