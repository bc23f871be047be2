import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { Picture, VariantRequest } from '#contract/shell.ts';
import type { ImagePool } from '#images/image-pool.ts';
import { colourAxes, type ColourAxes } from '#learn/augment/colour-axes.ts';
import { existingFile, findImage } from './find-image.ts';
import { imageFile } from './source-root.ts';
import type { Workspace } from './workspace.ts';

/** Images whose pixels are kept: more than a sheet shows. */
const keptImages = 24;
/** Images that the colours of the project are measured on, and their side. */
const [measuredImages, measuredPx] = [64, 32];

/** Pictures of a project's images, varied as training would vary them. */
export class Variants {
  readonly #workspace: Workspace;
  readonly #pool: ImagePool;
  /** A sheet shows an image many times, and again after each change of the settings: it is decoded once. */
  readonly #pixels = new Map<string, Promise<Result<Uint8Array>>>();
  #axes: Promise<ColourAxes> | null = null;

  constructor(workspace: Workspace, pool: ImagePool) {
    this.#workspace = workspace;
    this.#pool = pool;
  }

  async picture({ id, side, settings, seed }: VariantRequest): Promise<Result<Picture>> {
    const image = await findImage(this.#workspace, id);
    const file = image.ok ? existingFile(image.value.file) : image;
    if (!file.ok) return file;
    const pixels = await this.#read(file.value, side);
    if (!pixels.ok) return pixels;
    const axes = settings.pcaColour > 0 ? await this.#measureColours() : new Float64Array(9);
    const variant = { pixels: pixels.value, size: side, settings, axes, seed };
    const made = await this.#pool.vary(file.value, variant);
    return made.ok ? ok({ bytes: made.value.data, type: made.value.mediaType }) : made;
  }

  #read(path: string, side: number): Promise<Result<Uint8Array>> {
    const key = `${side} ${path}`;
    const known = this.#pixels.get(key);
    if (known !== undefined) return known;
    const [oldest] = this.#pixels.keys();
    if (this.#pixels.size >= keptImages && oldest !== undefined) this.#pixels.delete(oldest);
    const pixels = this.#decode(path, side);
    this.#pixels.set(key, pixels);
    // What could not be read may be mended meanwhile.
    void pixels.then((read) => read.ok || this.#pixels.delete(key));
    return pixels;
  }

  async #decode(path: string, size: number): Promise<Result<Uint8Array>> {
    const [pixels] = await this.#pool.pixels([path], { size, isUrgent: true });
    return pixels ?? err(problem('crashed', path, 'The image process gave no answer; try again.'));
  }

  #measureColours(): Promise<ColourAxes> {
    this.#axes ??= this.#sampleColours();
    return this.#axes;
  }

  async #sampleColours(): Promise<ColourAxes> {
    const { background, folder } = this.#workspace.store;
    // Their hashes put images in no order.
    const images = await background
      .selectFrom('image')
      .innerJoin('source', 'source.id', 'image.source')
      .select(['image.path', 'source.root'])
      .orderBy('image.hash')
      .limit(measuredImages)
      .execute();
    const paths = images.map((image) => imageFile(folder, image));
    const read = await this.#pool.pixels(paths, { size: measuredPx, isUrgent: true });
    const pixels = read.flatMap((result) => (result.ok ? [result.value] : []));
    return colourAxes(joined(pixels));
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
