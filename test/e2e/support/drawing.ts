import type { Page } from 'playwright-core';

interface Draw {
  readonly picture: ImageBitmap;
  readonly time: number;
}
type Watched = typeof globalThis & { draws: Draw[]; pressed: number };

/** Watches what canvases draw, and when. */
export async function watchDrawing(page: Page): Promise<{ afterKey: (key: string) => Promise<number> }> {
  await page.evaluate(() => {
    const watched = globalThis as Watched;
    watched.draws = [];
    const { prototype } = CanvasRenderingContext2D;
    const original = prototype.drawImage as (...args: unknown[]) => void;
    prototype.drawImage = function drawImage(this: CanvasRenderingContext2D, ...args: unknown[]) {
      original.apply(this, args);
      const [picture] = args;
      if (picture instanceof ImageBitmap) watched.draws.push({ picture, time: performance.now() });
    } as typeof prototype.drawImage;
    addEventListener('keydown', (event) => (watched.pressed = event.timeStamp), true);
  });
  return { afterKey: (key) => drawnAfter(page, key) };
}

/** Milliseconds from a key press until a canvas has drawn another picture than before. */
async function drawnAfter(page: Page, key: string): Promise<number> {
  await page.waitForFunction(() => (globalThis as Watched).draws.length > 0);
  await page.evaluate(() =>
    (globalThis as Watched).draws.splice(0, (globalThis as Watched).draws.length - 1),
  );
  await page.keyboard.press(key);
  const drawn = await page.waitForFunction(() => {
    const { draws, pressed } = globalThis as Watched;
    const next = draws.find(({ picture }) => picture !== draws[0]?.picture);
    return next === undefined ? null : next.time - pressed;
  });
  return (await drawn.jsonValue()) ?? Number.NaN;
}
