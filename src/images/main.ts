import { assertNever } from '#base/assert.ts';
import type { Result } from '#base/result.ts';
import { importImage } from './import-image.ts';
import type { ImageOutcome, ImageTask } from './operations.ts';
import { readPixels } from './pixels.ts';
import { renderImage } from './render.ts';
import { drawCell } from './sample/draw-cell.ts';
import { serveTasks } from './serve-tasks.ts';
import { varyImage } from './vary-image.ts';

function work(task: ImageTask): Promise<Result<ImageOutcome>> {
  switch (task.kind) {
    case 'import':
      return importImage(task.path);
    case 'render':
      return renderImage(task.path);
    case 'pixels':
      return readPixels(task.path, task.size, task.fit);
    case 'vary':
      return varyImage(task);
    case 'draw':
      return drawCell(task.path, task.picture);
    default:
      return assertNever(task);
  }
}

serveTasks(work);
