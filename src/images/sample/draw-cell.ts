import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import type { CellPicture } from './cell-picture.ts';
import { paintCell } from './paint-cell.ts';

/** Draws one picture and writes it as JPEG; gives the bytes written. */
export async function drawCell(path: string, picture: CellPicture): Promise<Result<number>> {
  const raw = { width: picture.sizePx, height: picture.sizePx, channels: 3 as const };
  const jpeg = await sharp(paintCell(picture), { raw }).jpeg({ quality: 92 }).toBuffer();
  try {
    await writeFile(path, jpeg);
    return ok(jpeg.length);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return err(
      problem('bad-input', path, `The picture could not be written (${why}); check the disk and try again.`),
    );
  }
}
