/**
 * The programs that other programs start by path, as processes or threads. Each is `src/<name>/main.ts`, built to
 * `out/main/<name>.js`.
 */
export type EntryName = 'engine' | 'trainer' | 'images' | 'store';

/**
 * Where a program's file is, seen from a module that lies directly in a layer folder (sources, which Node runs as
 * they are) or in the flat build folder.
 * @param importMetaUrl the caller's `import.meta.url`
 */
export function entryUrl(importMetaUrl: string, name: EntryName): string {
  const relative = importMetaUrl.endsWith('.ts') ? `../${name}/main.ts` : `./${name}.js`;
  return new URL(relative, importMetaUrl).href;
}
