import type { Dispose } from '#base/emitter.ts';
import { stagePoint, type StagePoint } from './spaces.ts';
import type { ViewController } from './view-controller.ts';
import { wheelIntent } from './wheel.ts';

const primaryButton = 0;
const middleButton = 1;

function pointOf(element: HTMLElement, event: MouseEvent): StagePoint {
  const box = element.getBoundingClientRect();
  return stagePoint(event.clientX - box.left, event.clientY - box.top);
}

function onWheel(element: HTMLElement, controller: ViewController): (event: WheelEvent) => void {
  return (event) => {
    event.preventDefault();
    // `wheelDeltaY` is old, in no standard and in every Chromium; it tells a wheel from a trackpad.
    const { wheelDeltaY = 0 } = event as WheelEvent & { readonly wheelDeltaY?: number };
    const { deltaX, deltaY, deltaMode, ctrlKey, metaKey, shiftKey } = event;
    const intent = wheelIntent({ deltaX, deltaY, deltaMode, wheelDeltaY, ctrlKey, metaKey, shiftKey });
    if (intent.kind === 'zoom') controller.zoom(intent.factor, pointOf(element, event));
    else controller.pan(stagePoint(intent.dx, intent.dy));
  };
}

/** Drags the image with the primary or the middle button. */
function attachDrag(element: HTMLElement, controller: ViewController, signal: AbortSignal): void {
  let last: StagePoint | null = null;
  const stop = () => {
    last = null;
    delete element.dataset['dragging'];
  };
  element.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== primaryButton && event.button !== middleButton) return;
      // The middle button would start the browser's own scrolling.
      if (event.button === middleButton) event.preventDefault();
      element.setPointerCapture(event.pointerId);
      element.dataset['dragging'] = '';
      last = pointOf(element, event);
    },
    { signal },
  );
  element.addEventListener(
    'pointermove',
    (event) => {
      if (last === null) return;
      const now = pointOf(element, event);
      controller.pan(stagePoint(now.x - last.x, now.y - last.y));
      last = now;
    },
    { signal },
  );
  element.addEventListener('pointerup', stop, { signal });
  element.addEventListener('pointercancel', stop, { signal });
}

/** Lets mouse, trackpad and pen move what `controller` shows. */
export function attachGestures(element: HTMLElement, controller: ViewController): Dispose {
  const abort = new AbortController();
  const { signal } = abort;
  element.addEventListener('wheel', onWheel(element, controller), { passive: false, signal });
  element.addEventListener('dblclick', () => controller.fit(), { signal });
  attachDrag(element, controller, signal);
  return () => abort.abort();
}
