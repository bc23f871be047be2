import type { Locator, Page } from 'playwright-core';

export type ViewTitle = 'Gallery' | 'Review' | 'Audit' | 'Train' | 'Data' | 'History';

/** What is around every view: the rail, the top bar, the status line, dialogs and keys. */
export class Frame {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get status(): Locator {
    return this.page.getByRole('contentinfo');
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  async show(view: ViewTitle): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: view }).click();
  }

  async press(...chords: readonly string[]): Promise<void> {
    for (const chord of chords) await this.page.keyboard.press(chord);
  }

  /** Waits until everything that was done is on disk. */
  async saved(): Promise<void> {
    await this.status.getByText('Saved', { exact: true }).waitFor();
  }

  /** Chooses in the settings: a theme, a language, a set of keys. */
  async choose(...names: readonly string[]): Promise<void> {
    await this.press('Control+,');
    for (const name of names) await this.dialog.getByText(name, { exact: true }).click();
    await this.press('Escape');
    await this.dialog.waitFor({ state: 'hidden' });
  }

  /** Answers the folder dialog that is open: goes to the folder and takes it, or a file in it. */
  async pick(folder: string, file?: string): Promise<void> {
    const dialog = this.dialog.filter({ has: this.page.getByRole('textbox', { name: 'Path' }) });
    const path = dialog.getByRole('textbox', { name: 'Path' });
    const before = await path.elementHandle();
    if ((await path.inputValue()) !== folder) {
      await path.fill(folder);
      await path.press('Enter');
      // Another folder has another field; until it is there, the dialog shows the folder before.
      await this.page.waitForFunction((field) => field?.isConnected !== true, before);
    }
    await dialog.getByRole('button', { name: file ?? 'Choose this folder' }).click();
    await dialog.waitFor({ state: 'hidden' });
  }
}
