/**
 * The programs that other programs start by path, as processes or threads. Each is `main.ts` in a folder of its name,
 * a layer but for `trainer/augment`, and is built to `out/main/<name>.js`.
 */
export type EntryName = 'engine' | 'trainer' | 'augment' | 'images' | 'store';

/**
 * Where a program's file is, seen from a module that lies in a folder beside the program's or in that itself
 * (sources, which Node runs as they are) or in the flat build folder.
 * @param importMetaUrl the caller's `import.meta.url`
 */
export function entryUrl(importMetaUrl: string, name: EntryName): string {
  const relative = importMetaUrl.endsWith('.ts') ? `../${name}/main.ts` : `./${name}.js`;
  return new URL(relative, importMetaUrl).href;
}
