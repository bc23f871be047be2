import { useSyncExternalStore } from 'react';

/** Calls back each time the window goes to a screen with other pixels, or the page is zoomed. */
function subscribe(changed: () => void): () => void {
  let query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
  const onChange = () => {
    query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    query.addEventListener('change', onChange, { once: true });
    changed();
  };
  query.addEventListener('change', onChange, { once: true });
  return () => query.removeEventListener('change', onChange);
}

/** Screen pixels per CSS pixel, now. */
export function usePixelRatio(): number {
  return useSyncExternalStore(subscribe, () => devicePixelRatio);
}
