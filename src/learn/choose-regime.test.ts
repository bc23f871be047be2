import { expect, test } from 'vitest';
import { chooseRegime } from './choose-regime.ts';

/** Right but for the first so many of a hundred. */
function wrongFirst(count: number): Uint8Array {
  return Uint8Array.from({ length: 100 }, (_, unit) => (unit < count ? 0 : 1));
}

function chosen(...contenders: Parameters<typeof chooseRegime<string>>[0]): string | undefined {
  return chooseRegime(contenders).find(({ isChosen }) => isChosen)?.regime;
}

test('a dearer way is chosen when it gains more than one standard error', () => {
  const head = { regime: 'head', right: wrongFirst(10) };
  const better = { regime: 'blocks', right: wrongFirst(6) };
  const [first, second] = chooseRegime([head, better]);
  expect(first).toMatchObject({ accuracy: 0.9, gain: null, isChosen: false });
  // Four differences of 1 among a hundred: sd² = (4 − 100 · 0.04²) / 99.
  expect(second?.gain).toBeCloseTo(0.04, 12);
  expect(second?.standardError).toBeCloseTo(Math.sqrt((4 - 0.16) / 99 / 100), 12);
  expect(second?.isChosen).toBe(true);
});

test('a gain within the standard error, none, and a loss leave the cheaper one', () => {
  const head = { regime: 'head', right: wrongFirst(10) };
  const shuffled = Uint8Array.from(head.right).reverse();
  shuffled[99] = 1;
  expect(chosen(head, { regime: 'full', right: shuffled })).toBe('head');
  expect(chosen(head, { regime: 'full', right: wrongFirst(10) })).toBe('head');
  expect(chosen(head, { regime: 'full', right: wrongFirst(30) })).toBe('head');
});

test('the dearest is compared to what was preferred so far', () => {
  const [head, blocks] = [wrongFirst(30), wrongFirst(10)];
  // Two more right, one more wrong than the second.
  const full = blocks.slice();
  [full[0], full[1], full[50]] = [1, 1, 0];
  const contenders = [head, blocks, full].map((right, at) => ({ regime: String(at), right }));
  const last = chooseRegime(contenders)[2];
  expect(last?.gain).toBeCloseTo(0.01, 12);
  expect(last?.standardError).toBeCloseTo(Math.sqrt((3 - 0.01) / 99 / 100), 12);
  expect(chosen(...contenders)).toBe('1');
});
