import type { Rectangle } from 'electron';

const preferred = { width: 1440, height: 900 };

/** How much of a window must be on some screen for a person to find and drag it. */
const grip = { width: 160, height: 48 };

/**
 * Where to open the window: where it was, as long as it can be reached there. Screens are unplugged and change their
 * resolution between two starts.
 * @param saved where the window was, in screen coordinates; null on the first start
 * @param workAreas the usable parts of the screens, the primary one first
 */
export function reachableBounds(saved: Rectangle | null, workAreas: readonly Rectangle[]): Rectangle {
  const primary = workAreas[0] ?? { x: 0, y: 0, ...preferred };
  if (saved === null) return centred(preferred, primary);
  for (const area of workAreas) {
    const fitting = { ...saved, ...fittingSize(saved, area), y: Math.max(saved.y, area.y) };
    if (isGripped(fitting, area)) return fitting;
  }
  return centred(saved, primary);
}

type Size = Pick<Rectangle, 'width' | 'height'>;

function fittingSize(size: Size, area: Rectangle): Size {
  return { width: Math.min(size.width, area.width), height: Math.min(size.height, area.height) };
}

/** Can the title bar of `window` be grabbed on this screen? */
function isGripped(window: Rectangle, area: Rectangle): boolean {
  const left = Math.max(window.x, area.x);
  const right = Math.min(window.x + window.width, area.x + area.width);
  return right - left >= grip.width && window.y <= area.y + area.height - grip.height;
}

function centred(size: Size, area: Rectangle): Rectangle {
  const { width, height } = fittingSize(size, area);
  return {
    x: area.x + Math.round((area.width - width) / 2),
    y: area.y + Math.round((area.height - height) / 2),
    width,
    height,
  };
}
