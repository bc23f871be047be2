import type { Locator } from 'playwright-core';
import { Frame } from './frame.ts';

/** Sources and classes, as their user sees them. */
export class DataPage extends Frame {
  get classes(): Locator {
    return this.page.getByRole('list', { name: 'Classes' }).getByRole('listitem');
  }

  row(name: string): Locator {
    return this.classes.filter({ has: this.page.getByRole('button', { name, exact: true }) });
  }

  /** The classes in their order, each with its key. */
  async keys(): Promise<ReadonlyMap<string, string>> {
    const rows = await this.classes.all();
    return new Map(
      await Promise.all(
        rows.map(async (row): Promise<[string, string]> => {
          const name = await row.getByRole('button').first().innerText();
          return [name, (await row.locator('kbd').allInnerTexts()).join('')];
        }),
      ),
    );
  }

  async edit(name: string): Promise<void> {
    await this.page.getByRole('button', { name: `Edit class: ${name}` }).click();
  }

  /** An item of the menu beside a class. */
  async more(name: string, item: string): Promise<void> {
    await this.page.getByRole('button', { name: `More: ${name}` }).click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }
}
