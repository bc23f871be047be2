import envPaths from 'env-paths';
import { Low } from 'lowdb';
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from './atomic-file.ts';

/** How many recent projects are remembered. */
const recentLimit = 20;

const recentSchema = z.object({
  folder: z.string(),
  name: z.string(),
  openedAt: z.number(),
  images: z.number().int(),
  /** Up to nine tiny pictures as `data:` URLs. */
  mosaic: z.array(z.string()).max(9),
});

/** A project that was open, as it was last seen. */
export type RecentEntry = z.infer<typeof recentSchema>;

/** Whatever the caller keeps per person: its schema fills in what is missing or unusable. */
export interface SettingsOptions<T> {
  /** Folder of the settings file; see `settingsFolder`. */
  readonly folder: string;
  readonly schema: z.ZodType<T>;
}

/** Where the settings of the person lie: `EMEND_HOME` where it is given, else the system's place for them. */
export function settingsFolder(home: string | undefined): string {
  return home === undefined || home === '' ? envPaths('emend', { suffix: '' }).config : home;
}

interface Stored<T> {
  readonly preferences: T;
  readonly recent: readonly RecentEntry[];
}

/** What is small and personal: preferences and recent projects, in one JSON file. */
export class Settings<T> {
  readonly #low: Low<Stored<T>>;
  readonly #schema: z.ZodType<T>;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(low: Low<Stored<T>>, schema: z.ZodType<T>) {
    this.#low = low;
    this.#schema = schema;
  }

  /** Reads the settings. A file that cannot be used is kept aside as `settings.broken.json` and begun anew. */
  static async open<T>({ folder, schema }: SettingsOptions<T>): Promise<Settings<T>> {
    const file = join(folder, 'settings.json');
    const empty: Stored<T> = { preferences: schema.parse({}), recent: [] };
    const low = new Low<Stored<T>>(
      {
        read: () => readStored(file, schema),
        write: (data) => writeFileAtomically(file, `${JSON.stringify(data, null, 2)}\n`),
      },
      empty,
    );
    await low.read();
    return new Settings(low, schema);
  }

  get preferences(): T {
    return this.#low.data.preferences;
  }

  /** Changes some preferences and answers all; resolved means on disk. */
  async setPreferences(change: Partial<T>): Promise<T> {
    const preferences = this.#schema.parse({ ...this.preferences, ...change });
    await this.#write({ ...this.#low.data, preferences });
    return preferences;
  }

  /** Newest first. */
  get recent(): readonly RecentEntry[] {
    return this.#low.data.recent;
  }

  /** Puts a project at the front of the recent ones. */
  async remember(entry: RecentEntry): Promise<void> {
    const others = this.recent.filter(({ folder }) => folder !== entry.folder);
    await this.#write({ ...this.#low.data, recent: [entry, ...others].slice(0, recentLimit) });
  }

  /** Takes a project off the recent ones; its folder stays as it is. */
  async forget(folder: string): Promise<void> {
    await this.#write({ ...this.#low.data, recent: this.recent.filter((entry) => entry.folder !== folder) });
  }

  async #write(data: Stored<T>): Promise<void> {
    this.#low.data = data;
    const mine = this.#last.then(() => this.#low.write());
    this.#last = mine.catch(() => undefined);
    await mine;
  }
}

async function readStored<T>(file: string, schema: z.ZodType<T>): Promise<Stored<T> | null> {
  const text = await readText(file);
  if (text === null) return null;
  const stored = parse(text);
  if (stored === null) {
    await rename(file, file.replace(/\.json$/, '.broken.json'));
    return null;
  }
  const recent = z.array(recentSchema).safeParse(stored['recent']);
  return {
    preferences: salvage(schema, stored['preferences']),
    recent: recent.success ? recent.data : [],
  };
}

/** What the schema accepts of a value; fields that it does not accept get their defaults. */
function salvage<T>(schema: z.ZodType<T>, value: unknown): T {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  if (typeof value !== 'object' || value === null) return schema.parse({});
  const bad = new Set(error.issues.map(({ path }) => path[0]));
  const good = schema.safeParse(Object.fromEntries(Object.entries(value).filter(([key]) => !bad.has(key))));
  return good.success ? good.data : schema.parse({});
}

async function readText(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw cause;
  }
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
