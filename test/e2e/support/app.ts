import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { expect, inject, onTestFinished } from 'vitest';
import { launchBrowser } from './browser.ts';
import { Served, type ServeOptions } from './served.ts';

export interface AppOptions extends Partial<ServeOptions> {
  readonly size?: { readonly width: number; readonly height: number };
  readonly theme?: 'dark' | 'light';
  /** What the console may complain about in this test. */
  readonly tolerated?: RegExp;
}

/** A person at the window: the served program, and a browser that shows it. */
export interface App {
  readonly page: Page;
  /** The person's home folder. */
  readonly home: string;
  readonly served: Served;
  /** Ends the program as Ctrl+C does, starts it again and opens its page. */
  restart(project: string): Promise<void>;
}

/** A new folder in the run's workshop. */
export function newFolder(name: string): string {
  return mkdtempSync(join(inject('workshop'), `${name}-`));
}

/**
 * Opens the app. When the test ends, so does the app, and the test fails if the window complained: an error in the
 * console or the page, a breach of the content security policy, or a request to anywhere but the served address.
 */
export async function openApp(options: AppOptions = {}): Promise<App> {
  const { size = { width: 1440, height: 900 }, theme = 'dark', tolerated } = options;
  const home = options.home ?? newFolder('home');
  let served = await Served.start({ ...options, home });
  const browser = await launchBrowser();
  const context = await browser.newContext({ viewport: size, colorScheme: theme, reducedMotion: 'reduce' });
  context.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  watch(context, () => served.port, complaints);
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') await describe(context, complaints);
    await context.close();
    await served.stop();
    expect(complaints.filter((complaint) => tolerated?.test(complaint) !== true)).toEqual([]);
  });
  const page = await context.newPage();
  await goTo(page, served);
  return {
    page,
    home,
    get served() {
      return served;
    },
    restart: async (project) => {
      await page.goto('about:blank');
      await served.stop();
      served = await Served.start({ ...options, home, project });
      await goTo(page, served);
    },
  };
}

async function goTo(page: Page, { address }: Served): Promise<void> {
  await page.goto(address);
  await page.getByRole('main').waitFor();
}

/** Prints what was on screen when a test failed. */
async function describe(context: BrowserContext, complaints: readonly string[]): Promise<void> {
  for (const page of context.pages()) {
    const shown = await page.evaluate(() => document.body.innerText).catch(String);
    console.log([`At ${page.url()}:`, shown.slice(0, 2000), ...complaints].join('\n'));
  }
}

/** Collects what the pages of a context complain about and where they want to go. */
function watch(context: BrowserContext, port: () => number, complaints: string[]): void {
  const leaves = (url: string): boolean => {
    const { protocol, host } = new URL(url);
    return !['data:', 'blob:', 'about:'].includes(protocol) && host !== `127.0.0.1:${port()}`;
  };
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => complaints.push(`page: ${error.error().stack ?? error.error().message}`));
  context.on('request', (request) => {
    if (leaves(request.url())) complaints.push(`request: ${request.url()}`);
  });
  context.on('page', (page) =>
    page.on('websocket', (socket) => {
      if (leaves(socket.url())) complaints.push(`socket: ${socket.url()}`);
    }),
  );
}
