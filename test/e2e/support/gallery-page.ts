import type { Locator } from 'playwright-core';
import { Frame } from './frame.ts';

/** The gallery, as its user sees it. */
export class GalleryPage extends Frame {
  get grid(): Locator {
    return this.page.getByRole('listbox', { name: 'Gallery' });
  }

  get filter(): Locator {
    return this.page.getByRole('textbox', { name: 'Filter' });
  }

  get inspector(): Locator {
    return this.page.getByRole('complementary', { name: 'Inspector' });
  }

  /** How many of the selected images have a class, from its bar in the inspector. */
  async inShare(name: string): Promise<number> {
    const bar = this.inspector.locator('[data-given]').filter({ hasText: name }).locator('..');
    return Number((await bar.innerText()).replace(/\D/g, ''));
  }

  /** The image in a place of the order, from 0. It must be on screen. */
  tile(at: number): Locator {
    return this.grid.locator(`[aria-posinset="${at + 1}"]`);
  }

  image(path: string): Locator {
    return this.grid.getByRole('option', { name: path });
  }

  /** The path of a tile's image; its class may be named before it. */
  async pathOf(tile: Locator): Promise<string> {
    return ((await tile.getAttribute('aria-label')) ?? '').split(', ').at(-1) ?? '';
  }

  /** How many images pass the filter, from the status line. */
  async shown(): Promise<number> {
    return this.#count(/([\d,]+) shown/);
  }

  async selected(): Promise<number> {
    return this.#count(/([\d,]+) selected/);
  }

  async suspects(): Promise<number> {
    return this.#count(/([\d,]+) suspects?/);
  }

  async labelled(): Promise<number> {
    return this.#count(/([\d,]+) labelled/);
  }

  /** The class that the line under an image names. */
  async classOf(tile: Locator): Promise<string> {
    return (await tile.innerText()).trim();
  }

  async filterBy(...tokens: readonly string[]): Promise<void> {
    for (const token of tokens) {
      await this.filter.fill(token);
      await this.filter.press('Enter');
    }
    await this.filter.press('Escape');
  }

  async sortBy(name: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Sorted by/ }).click();
    await this.page.getByRole('menuitem', { name, exact: true }).click();
  }

  /** Draws a rectangle from the middle of one image to the middle of another. */
  async drag(from: Locator, to: Locator): Promise<void> {
    await from.hover();
    await this.page.mouse.down();
    await to.hover();
    await this.page.mouse.up();
  }

  async #count(pattern: RegExp): Promise<number> {
    const found = pattern.exec(await this.status.innerText());
    return found === null ? 0 : Number(found[1]?.replaceAll(',', ''));
  }
}
