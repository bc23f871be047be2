import { isAbsolute, join, relative, resolve, sep } from 'node:path';

/** The project folder itself as a root; every root that lies inside it begins so. */
const projectFolder = '.';

/**
 * The root of a folder as the project stores it. A folder inside the project is stored relative to it (`./images`,
 * with `/` on every system), so that it moves with the project; any other by its absolute path.
 */
export function storedRoot(project: string, folder: string): string {
  const inside = relative(project, folder);
  const [first, ...rest] = inside.split(sep);
  if (first === '..' || isAbsolute(inside)) return folder;
  return first === '' ? projectFolder : [projectFolder, first, ...rest].join('/');
}

/** The absolute folder that a stored root means. */
export function rootFolder(project: string, root: string): string {
  const isInside = root === projectFolder || root.startsWith(`${projectFolder}/`);
  return isInside ? resolve(project, root) : root;
}

/** The absolute path of an image's file. */
export function imageFile(project: string, image: { readonly root: string; readonly path: string }): string {
  return join(rootFolder(project, image.root), image.path);
}
