import { Tensor } from 'onnxruntime-node';
import type { ImageReader, InputReader } from './batch-source.ts';

/** Feeds a network the pixels of images: uint8 [rows, size, size, 3]. */
export function pixelInputs(images: ImageReader, size: number): InputReader {
  return {
    read: async (positions, rows, first) => {
      const pixels = new Uint8Array(rows * size * size * 3);
      await images.read(positions, pixels, first);
      return new Tensor('uint8', pixels, [rows, size, size, 3]);
    },
  };
}
