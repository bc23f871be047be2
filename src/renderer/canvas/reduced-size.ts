interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size with a longest side of at most so many pixels, in the same proportions; null when it is no larger. */
export function reducedSize({ width, height }: Size, mostPx: number): Size | null {
  const factor = mostPx / Math.max(width, height);
  if (factor >= 1) return null;
  return {
    width: Math.max(1, Math.round(width * factor)),
    height: Math.max(1, Math.round(height * factor)),
  };
}
