import { existsSync, statSync } from 'node:fs';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { assert } from '#base/assert.ts';
import { readAll, writeAll } from './file-bytes.ts';
import { KeyIndex } from './key-index.ts';
import { makeFolder } from './make-folder.ts';

/** Bytes of a key, and of the head of the key file. */
const keyBytes = 32;
const magic = 'EMENDKEY';
/** Keys read at a time when a file is opened. */
const keysPerRead = 32_768;

/** Which backbone the rows come from. */
export interface EmbeddingOrigin {
  /** Length of a row. */
  readonly dim: number;
  /** SHA-256 of the backbone file, in hexadecimal: rows of another one are thrown away. */
  readonly fingerprint: string;
}

/** Where the two files of a backbone's embeddings lie. */
export function embeddingPaths(
  folder: string,
  backbone: string,
): { readonly rows: string; readonly keys: string } {
  return { rows: join(folder, `${backbone}.f32`), keys: join(folder, `${backbone}.keys`) };
}

/**
 * The embeddings of a backbone: Float32 rows of length `dim`, little-endian, without any head, so that other
 * processes read the file as it is; beside it the key of each row, the SHA-256 of the image. Rows are only ever
 * appended, and are on disk before their keys: after a crash, what is incomplete is cut off.
 */
export class EmbeddingFile {
  /** The file of rows, for other processes. */
  readonly path: string;
  readonly dim: number;
  readonly #rows: FileHandle;
  readonly #keys: FileHandle;
  readonly #index: KeyIndex;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(files: Files, path: string, index: KeyIndex) {
    this.path = path;
    this.dim = files.dim;
    this.#rows = files.rows;
    this.#keys = files.keys;
    this.#index = index;
  }

  /** Opens or makes the files of a backbone in `folder`; rows of another backbone under the same name go. */
  static async open(folder: string, backbone: string, origin: EmbeddingOrigin): Promise<EmbeddingFile> {
    await makeFolder(folder);
    const paths = embeddingPaths(folder, backbone);
    const files = {
      rows: await openOrMake(paths.rows),
      keys: await openOrMake(paths.keys),
      dim: origin.dim,
    };
    if (!(await isOf(files.keys, origin))) await startOver(files, origin);
    const index = await readIndex(files);
    await files.rows.truncate(index.count * origin.dim * 4);
    await files.keys.truncate((index.count + 1) * keyBytes);
    return new EmbeddingFile(files, paths.rows, index);
  }

  /** Opens the files to read only, as they are now, beside a writer; null when there are none of this backbone. */
  static async openToRead(
    folder: string,
    backbone: string,
    origin: EmbeddingOrigin,
  ): Promise<EmbeddingFile | null> {
    const paths = embeddingPaths(folder, backbone);
    if (!existsSync(paths.rows) || !existsSync(paths.keys)) return null;
    const files = { rows: await open(paths.rows), keys: await open(paths.keys), dim: origin.dim };
    if (await isOf(files.keys, origin)) return new EmbeddingFile(files, paths.rows, await readIndex(files));
    await files.rows.close();
    await files.keys.close();
    return null;
  }

  /** Removes the files of a backbone. */
  static async remove(folder: string, backbone: string): Promise<void> {
    const { rows, keys } = embeddingPaths(folder, backbone);
    await Promise.all([rm(rows, { force: true }), rm(keys, { force: true })]);
  }

  /** Rows in the file. */
  get count(): number {
    return this.#index.count;
  }

  /** The row of an image by the SHA-256 of its file, in hexadecimal; null when it has none yet. */
  rowOf(hash: string): number | null {
    return this.#index.rowOf(Buffer.from(hash, 'hex'));
  }

  /** Adds rows, `hashes.length` × `dim`; those of hashes that are there already are left out. */
  append(hashes: readonly string[], rows: Float32Array): Promise<void> {
    assert(rows.length === hashes.length * this.dim, 'one row of embeddings per hash');
    const mine = this.#last.then(() => this.#append(hashes, rows));
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  /** Reads `count` rows from row `from` on. */
  async read(from: number, count: number): Promise<Float32Array> {
    assert(from >= 0 && from + count <= this.count, 'rows are in the file');
    const rows = new Float32Array(count * this.dim);
    const bytesRead = await readAll(this.#rows, new Uint8Array(rows.buffer), from * this.dim * 4);
    assert(bytesRead === rows.byteLength, 'rows are complete');
    return rows;
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#rows.close();
    await this.#keys.close();
  }

  async #append(hashes: readonly string[], rows: Float32Array): Promise<void> {
    const { keys, picked } = this.#pickNew(hashes, rows);
    const at = this.count;
    const bytes = new Uint8Array(picked.buffer, picked.byteOffset, picked.byteLength);
    await writeAll(this.#rows, bytes, at * this.dim * 4);
    await this.#rows.datasync();
    await writeAll(this.#keys, Buffer.concat(keys), (at + 1) * keyBytes);
    for (const key of keys) this.#index.add(key);
  }

  #pickNew(hashes: readonly string[], rows: Float32Array): { keys: Buffer[]; picked: Float32Array } {
    const seen = new Set<string>();
    const keys: Buffer[] = [];
    const picked = new Float32Array(rows.length);
    for (const [i, hash] of hashes.entries()) {
      const key = Buffer.from(hash, 'hex');
      assert(key.length === keyBytes, 'a key is a SHA-256');
      if (seen.has(hash) || this.#index.rowOf(key) !== null) continue;
      seen.add(hash);
      picked.set(rows.subarray(i * this.dim, (i + 1) * this.dim), keys.length * this.dim);
      keys.push(key);
    }
    return { keys, picked: picked.subarray(0, keys.length * this.dim) };
  }
}

interface Files {
  readonly rows: FileHandle;
  readonly keys: FileHandle;
  readonly dim: number;
}

async function openOrMake(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r+');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    return open(path, 'w+');
  }
}

/** The first 32 bytes of the key file: what it is, the length of its rows, and which backbone made them. */
function head({ dim, fingerprint }: EmbeddingOrigin): Buffer {
  const bytes = Buffer.alloc(keyBytes);
  bytes.write(magic, 'latin1');
  bytes.writeUInt32LE(dim, 8);
  Buffer.from(fingerprint, 'hex').copy(bytes, 12, 0, 20);
  return bytes;
}

async function isOf(keys: FileHandle, origin: EmbeddingOrigin): Promise<boolean> {
  const found = Buffer.alloc(keyBytes);
  await readAll(keys, found, 0);
  return found.equals(head(origin));
}

async function startOver({ rows, keys }: Files, origin: EmbeddingOrigin): Promise<void> {
  await keys.truncate(0);
  await rows.truncate(0);
  await writeAll(keys, head(origin), 0);
}

/** What is wrong with a backbone's files, in words; null when every key has its row. */
export async function checkEmbeddings(folder: string, backbone: string): Promise<string | null> {
  const paths = embeddingPaths(folder, backbone);
  const file = await open(paths.keys);
  try {
    const found = Buffer.alloc(keyBytes);
    await readAll(file, found, 0);
    const dim = found.readUInt32LE(8);
    if (found.toString('latin1', 0, 8) !== magic || dim === 0) return `${backbone}.keys has no valid head`;
    const keys = Math.floor((await file.stat()).size / keyBytes) - 1;
    const bytes = existsSync(paths.rows) ? statSync(paths.rows).size : 0;
    const rows = Math.floor(bytes / (dim * 4));
    return keys > rows ? `${backbone}.f32 holds ${rows} embeddings where its keys name ${keys}` : null;
  } finally {
    await file.close();
  }
}

/** Indexes the keys whose rows are complete, up to the first that a crash left empty. */
async function readIndex({ rows, keys, dim }: Files): Promise<KeyIndex> {
  const index = new KeyIndex();
  const whole = Math.floor((await rows.stat()).size / (dim * 4));
  const written = Math.floor((await keys.stat()).size / keyBytes) - 1;
  const count = Math.min(whole, written);
  while (index.count < count) {
    const size = Math.min(count - index.count, keysPerRead) * keyBytes;
    const buffer = Buffer.alloc(size);
    await readAll(keys, buffer, (index.count + 1) * keyBytes);
    for (let at = 0; at < size; at += keyBytes) {
      const key = buffer.subarray(at, at + keyBytes);
      if (key.every((byte) => byte === 0)) return index;
      index.add(key);
    }
  }
  return index;
}
