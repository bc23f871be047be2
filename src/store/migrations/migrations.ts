import { initial } from './0001-initial.ts';
import type { Migration } from './migration.ts';

/** Every migration in order: the first makes an empty project, the last gives the schema that the code expects. */
export const migrations: readonly Migration[] = [initial];
