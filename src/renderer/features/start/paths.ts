/** The separator that a path of the engine's machine uses. */
function separatorOf(path: string): string {
  return path.includes('\\') && !path.includes('/') ? '\\' : '/';
}

/** A path with one more part, in the style of the path. */
export function joinPath(folder: string, name: string): string {
  const separator = separatorOf(folder);
  return folder.endsWith(separator) ? folder + name : folder + separator + name;
}

/** The last part of a path. */
export function folderName(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
}

/** A folder name that every file system takes. */
export function safeName(name: string): string {
  const cleaned = name
    .trim()
    .replaceAll(/[<>:"/\\|?*\u0000-\u001f]+/g, '-')
    .replace(/[. ]+$/, '');
  return cleaned === '' ? 'project' : cleaned;
}
