import type { Locator } from 'playwright-core';
import sharp from 'sharp';
import { Frame } from './frame.ts';

/** Where something red is on the canvas and how large: middle and sides in pixels of the page. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The image view, as its user sees it. */
export class ImagePage extends Frame {
  get canvas(): Locator {
    return this.page.getByRole('img', { name: /^Image / });
  }

  get position(): Locator {
    return this.page.getByText(/^[\d,]+ of [\d,]+$/);
  }

  get zoom(): Locator {
    return this.page.getByRole('button', { name: /^Show at 100 %/ });
  }

  async zoomPercent(): Promise<number> {
    return Number.parseFloat((await this.zoom.innerText()).replaceAll(',', ''));
  }

  /** The path of the open image. */
  async path(): Promise<string> {
    return ((await this.canvas.getAttribute('aria-label')) ?? '').replace(/^Image /, '');
  }

  /** Looks for the red mark. */
  async spot(): Promise<Spot> {
    const { data, left, top, width, height } = await this.#look();
    const xs: number[] = [];
    const ys: number[] = [];
    for (let at = 0; at < width * height; at++) {
      const [red = 0, green = 0] = data.subarray(at * 3, at * 3 + 2);
      if (red - green < 60) continue;
      xs.push(at % width);
      ys.push(Math.floor(at / width));
    }
    if (xs.length === 0) throw new Error('The mark is not on screen.');
    const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs) + 1, Math.min(...ys), Math.max(...ys) + 1];
    return { x: left + (x0 + x1) / 2, y: top + (y0 + y1) / 2, width: x1 - x0, height: y1 - y0 };
  }

  /** The value of the pixel in the middle of the canvas, 0–255. */
  async brightness(): Promise<number> {
    const { data, width, height } = await this.#look();
    return data[(Math.floor(height / 2) * width + Math.floor(width / 2)) * 3] ?? 0;
  }

  async #look() {
    const box = await this.canvas.boundingBox();
    if (box === null) throw new Error('There is no canvas.');
    const [left, top] = [Math.ceil(box.x), Math.ceil(box.y)];
    const clip = { x: left, y: top, width: Math.floor(box.width) - 1, height: Math.floor(box.height) - 1 };
    const png = await this.page.screenshot({ clip });
    const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    return { data, left, top, width: info.width, height: info.height };
  }
}
