import { useLayoutEffect, useState, type RefObject } from 'react';
import { stageSize, type StageSize } from './spaces.ts';

/** The size of an element's inside, followed; null before it is laid out. */
export function useStageSize(element: RefObject<HTMLElement | null>): StageSize | null {
  const [size, setSize] = useState<StageSize | null>(null);
  useLayoutEffect(() => {
    const observed = element.current;
    if (observed === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry === undefined) return;
      const { width, height } = entry.contentRect;
      if (width > 0 && height > 0) setSize(stageSize(width, height));
    });
    observer.observe(observed);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
