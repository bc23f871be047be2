import { problem, type Problem } from '#base/problem.ts';
import { decodeSeconds } from './limits.ts';
import type { ImageFormat } from './sniff.ts';

/** Puts what a decoder threw about a file into words. */
export function decodeProblem(path: string, format: ImageFormat, message: string): Problem {
  const name = format.toUpperCase();
  const unsupported = (reason: string): Problem => problem('unsupported', path, reason);
  const damaged = (reason: string): Problem => problem('damaged', path, reason);
  if (/pixel limit|too large|dimension/i.test(message))
    return unsupported('The image has more than 300 megapixels; save a smaller version of it.');
  if (/timeout/i.test(message))
    return unsupported(`Decoding took more than ${decodeSeconds} s; save it again as PNG.`);
  if (/premature end|truncated|end of (stream|file)|not enough data|ended early/i.test(message))
    return damaged(`The ${name} file is cut short; copy it again from where it came from.`);
  const compression = unknownCompression.exec(message)?.[1];
  if (compression !== undefined)
    return unsupported(`TIFF compression ${compression} cannot be read; save it with LZW or none.`);
  const detail = (message.trim().split('\n')[0] ?? '').replace(/^Input buffer (has corrupt header: )?/, '');
  return damaged(`The ${name} file is damaged or of an unusual kind (${detail}); save it again.`);
}

/** How libvips and libtiff name a compression that they were built without. */
const unknownCompression = /(?:tiff2vips: |(?=scheme ))(.+?) (?:compression support|tile decoding)/i;
