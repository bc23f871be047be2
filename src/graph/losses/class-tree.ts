import { assert, must } from '#base/assert.ts';

/**
 * A taxonomy: the parent of each node by position, −1 at the top. The first nodes are the classes, further ones only
 * hold them together; a class may lie under another.
 */
export interface ClassTree {
  readonly parents: ArrayLike<number>;
  readonly classCount: number;
}

/** Nodes from the top down to each class. */
function pathsOf({ parents, classCount }: ClassTree): readonly (readonly number[])[] {
  return Array.from({ length: classCount }, (_, label) => {
    const path: number[] = [];
    for (let node = label; node !== -1; node = must(parents[node], 'a node of the taxonomy')) {
      path.unshift(node);
      assert(path.length <= parents.length, 'the taxonomy has no circles');
    }
    return path;
  });
}

/**
 * How classes fall into groups at each level, from the children of the root to the classes themselves. A class on a
 * short branch stays alone in the levels below it. Levels that part nothing are left out.
 * @returns for each level, the group of each class, numbered in the order in which they appear
 */
export function classLevels(tree: ClassTree): readonly (readonly number[])[] {
  const paths = pathsOf(tree);
  const depth = Math.max(...paths.map(({ length }) => length));
  const levels = Array.from({ length: depth }, (_, level) =>
    numbered(paths.map((path, label) => path[level] ?? label)),
  );
  return levels.filter((groups) => new Set(groups).size > 1);
}

function numbered(nodes: readonly number[]): readonly number[] {
  const order = [...new Set(nodes)];
  return nodes.map((node) => order.indexOf(node));
}

/**
 * How far apart classes are: the height of their lowest common ancestor over that of the root, 0 to 1 (Bertinetto et
 * al. 2020).
 * @returns classes × classes, symmetric, 0 on the diagonal
 */
export function classDistances(tree: ClassTree): readonly (readonly number[])[] {
  const paths = pathsOf(tree);
  const heights = heightsOf(paths);
  const meetings = paths.map((a) => paths.map((b) => heights[meetingOf(a, b)] ?? 0));
  const top = Math.max(...meetings.flatMap((row, i) => row.filter((_, j) => j !== i)));
  return meetings.map((row, i) => row.map((height, j) => (i === j ? 0 : height / top)));
}

/** Levels from each node down to the deepest class under it, by its key; what is above all nodes has the key −1. */
function heightsOf(paths: readonly (readonly number[])[]): Readonly<Record<number, number>> {
  const heights: Record<number, number> = {};
  for (const path of paths) {
    for (const [position, node] of [-1, ...path].entries()) {
      heights[node] = Math.max(heights[node] ?? 0, path.length - position);
    }
  }
  return heights;
}

/** The lowest node on both paths; −1 where they share none. */
function meetingOf(a: readonly number[], b: readonly number[]): number {
  const parting = a.findIndex((node, position) => node !== b[position]);
  return (parting === -1 ? a.at(-1) : a[parting - 1]) ?? -1;
}
