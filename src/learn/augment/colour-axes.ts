import type { Matrix } from '../algebra.ts';
import { symmetricEigen } from '../eigen.ts';

/**
 * The principal axes of colours, most varying first: three rows of red, green and blue, each as long as the standard
 * deviation of the colours along it, in grey levels.
 */
export type ColourAxes = Float64Array;

/** The principal axes of the colours of some images (Krizhevsky et al. 2012). */
export function colourAxes(pixels: Uint8Array): ColourAxes {
  const { values, vectors } = symmetricEigen(covariance(pixels));
  return vectors.data.map((entry, i) => entry * Math.sqrt(Math.max(0, values[Math.floor(i / 3)] as number)));
}

function covariance(pixels: Uint8Array): Matrix<Float64Array> {
  const [sums, products] = [new Float64Array(3), new Float64Array(9)];
  for (let at = 0; at < pixels.length; at += 3) {
    for (let i = 0; i < 3; i++) {
      const value = pixels[at + i] as number;
      sums[i] = (sums[i] as number) + value;
      for (let j = 0; j < 3; j++) {
        products[i * 3 + j] = (products[i * 3 + j] as number) + value * (pixels[at + j] as number);
      }
    }
  }
  const count = Math.max(1, pixels.length / 3);
  const mean = sums.map((sum) => sum / count);
  const data = products.map(
    (sum, i) => sum / count - (mean[Math.floor(i / 3)] as number) * (mean[i % 3] as number),
  );
  return { data, rows: 3, cols: 3 };
}
