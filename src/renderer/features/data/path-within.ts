/** The part of a path below a folder; null for a path that is not below it. Knows the separators of every system. */
export function pathWithin(folder: string, path: string): string | null {
  const start = folder.replace(/[/\\]$/, '');
  const isBelow = path.startsWith(start) && /^[/\\]./.test(path.slice(start.length));
  return isBelow ? path.slice(start.length + 1) : null;
}
