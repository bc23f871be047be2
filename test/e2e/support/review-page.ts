import type { Locator } from 'playwright-core';
import { Frame } from './frame.ts';

/** The suspect that is shown. */
export interface Shown {
  readonly path: string;
  readonly given: string;
  readonly suggested: string;
}

/** The queue of suspects, as its user sees it. */
export class ReviewPage extends Frame {
  get picture(): Locator {
    return this.page.getByRole('main').getByRole('img', { name: /^Image / });
  }

  get progress(): Locator {
    return this.page.getByText(/^Reviewed \d+, fixed \d+$/);
  }

  /** The pictures of the grid. */
  get tiles(): Locator {
    return this.page.getByRole('main').locator('button[aria-pressed][title]');
  }

  /** The first class that is neither given nor suggested, with its key. */
  async otherClass(): Promise<{ readonly name: string; readonly key: string } | null> {
    const others = this.page.getByRole('group', { name: 'Another class' }).getByRole('button');
    const [name = '', key = ''] = (await others.first().innerText()).split(/\s+/);
    return key === '' ? null : { name, key };
  }

  async suspect(): Promise<Shown> {
    const question = this.page.getByText(/^Labelled.*Looks like/);
    const [, given = '', suggested = ''] =
      /^Labelled\s+(.*?)\s+Looks like\s+(.*)$/s.exec(await question.innerText()) ?? [];
    const name = (await this.picture.getAttribute('aria-label')) ?? '';
    return { path: name.replace(/^Image /, ''), given: given.trim(), suggested: suggested.trim() };
  }

  async isDone(): Promise<boolean> {
    return this.page.getByRole('heading', { name: 'No suspects are left' }).isVisible();
  }

  /** Presses a key that decides, and waits until the next suspect (or the end) is there. */
  async decide(key: string): Promise<void> {
    const { path } = await this.suspect();
    await this.page.keyboard.press(key);
    const gone = this.page.getByRole('main').getByRole('img', { name: `Image ${path}`, exact: true });
    await gone.waitFor({ state: 'hidden' });
    await this.picture.or(this.page.getByRole('heading', { name: 'No suspects are left' })).waitFor();
  }
}
