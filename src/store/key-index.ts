/** 2 to the power of this many slots to begin with. */
const firstBits = 12;

/**
 * Finds the row of a 32-byte key. Keeps the first 64 bits of each key (they are cryptographic hashes: two of a
 * million agree with probability 3 × 10⁻⁸) and an open-addressing table of rows: 16 to 24 bytes per key.
 */
export class KeyIndex {
  #prefixes = new Uint32Array(2 << firstBits);
  #slots = new Int32Array(2 << firstBits).fill(-1);
  #count = 0;

  /** Keys in the index. */
  get count(): number {
    return this.#count;
  }

  /** Adds the key whose row is `count`. The caller has made sure that it is new. */
  add(key: Uint8Array): void {
    if (2 * this.#count >= this.#slots.length) this.#grow();
    const row = this.#count++;
    this.#prefixes[2 * row] = word(key, 0);
    this.#prefixes[2 * row + 1] = word(key, 4);
    this.#slots[this.#slotOf(word(key, 0), word(key, 4))] = row;
  }

  /** The row of a key, or null. */
  rowOf(key: Uint8Array): number | null {
    const row = this.#slots[this.#slotOf(word(key, 0), word(key, 4))] ?? -1;
    return row < 0 ? null : row;
  }

  /** The slot that holds a prefix, or the empty one where it belongs (linear probing). */
  #slotOf(high: number, low: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const row = this.#slots[slot] ?? -1;
      if (row < 0) return slot;
      if (this.#prefixes[2 * row] === high && this.#prefixes[2 * row + 1] === low) return slot;
    }
  }

  #grow(): void {
    const prefixes = new Uint32Array(2 * this.#slots.length);
    prefixes.set(this.#prefixes.subarray(0, 2 * this.#count));
    this.#prefixes = prefixes;
    this.#slots = new Int32Array(2 * this.#slots.length).fill(-1);
    for (let row = 0; row < this.#count; row++) {
      const slot = this.#slotOf(prefixes[2 * row] ?? 0, prefixes[2 * row + 1] ?? 0);
      this.#slots[slot] = row;
    }
  }
}

function word(key: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = key.subarray(at, at + 4);
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}
