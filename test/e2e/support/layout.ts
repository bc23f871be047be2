import type { Page } from 'playwright-core';

interface Control {
  readonly name: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * What is wrong with how the page is laid out: it scrolls sideways, a control sticks out of the window, or two
 * controls lie on each other.
 */
export async function layoutFaults(page: Page): Promise<string[]> {
  const { innerWidth, scrollWidth } = await page.evaluate(() => ({
    innerWidth: window.innerWidth,
    scrollWidth: document.documentElement.scrollWidth,
  }));
  const controls = await controlsOnScreen(page);
  return [
    ...(scrollWidth > innerWidth ? [`The page is ${scrollWidth} wide in a window of ${innerWidth}.`] : []),
    ...controls
      .filter(({ left, right }) => left < -1 || right > innerWidth + 1)
      .map(({ name }) => `“${name}” sticks out of the window.`),
    ...controls.flatMap((a, index) =>
      controls
        .slice(index + 1)
        .filter((b) => liesOver(a, b))
        .map((b) => `“${a.name}” and “${b.name}” overlap.`),
    ),
  ];
}

function liesOver(a: Control, b: Control): boolean {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return width > 2 && height > 2;
}

/** What can be pressed or typed into, as far as it is to be seen: without what is scrolled out of sight. */
function controlsOnScreen(page: Page): Promise<Control[]> {
  return page.evaluate(() => {
    const kinds = 'button, a, input:not([type=radio], [type=hidden])';
    return [...document.querySelectorAll(kinds)]
      .filter((element) => element.checkVisibility() && element.querySelector(kinds) === null)
      .map((element) => ({
        name: element.getAttribute('aria-label') ?? element.textContent,
        ...seenPart(element),
      }))
      .filter(({ left, right, top, bottom }) => right - left >= 2 && bottom - top >= 2);

    /** The box of an element, cut where something around it cuts it. */
    function seenPart(element: Element): Omit<Control, 'name'> {
      let { left, right, top, bottom } = element.getBoundingClientRect();
      for (let parent = element.parentElement; parent !== null; parent = parent.parentElement) {
        if (getComputedStyle(parent).overflow === 'visible') continue;
        const box = parent.getBoundingClientRect();
        [left, right] = [Math.max(left, box.left), Math.min(right, box.right)];
        [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
      }
      return { left, right, top, bottom };
    }
  });
}
