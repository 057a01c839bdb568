const unseen = 0;
const seen = 1;
const recalled = 2;

/**
 * The people whose record of an earlier file is known by its hash, while a file is read. Takes 34 bytes a person and a table
 * of at most 16 more, whatever the hashes are.
 */
export class KnownPeople {
  /** What the hashes begin with. */
  readonly seed: Uint32Array;
  readonly #hashes: Uint32Array;
  readonly #ids: Float64Array;
  readonly #states: Uint8Array;
  /** Number of a person, counted from 1, by the first word of the hash; open addressing. */
  readonly #slots: Int32Array;
  readonly #mask: number;
  #count = 0;
  #seenTwice = false;

  /** Makes room for so many people. The seed has four words. */
  constructor(most: number, seed: Uint32Array) {
    this.seed = seed;
    this.#hashes = new Uint32Array(most * 4);
    this.#ids = new Float64Array(most);
    this.#states = new Uint8Array(most);
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(most * 1.5 + 1)));
    this.#mask = this.#slots.length - 1;
  }

  /** How many people there are. */
  get size(): number {
    return this.#count;
  }

  /** Adds a person by the id in the directory. Of two with one hash neither is passed over. */
  add(id: number, hash: Uint32Array): void {
    const slot = this.#slotOf(hash);
    const other = this.#slots[slot] ?? 0;
    const entry = this.#count++;
    this.#ids[entry] = id;
    this.#hashes.set(hash, entry * 4);
    if (other === 0) this.#slots[slot] = entry + 1;
    else this.#states[other - 1] = this.#states[entry] = recalled;
  }

  /** True for the record of a person who may be passed over; it then counts as seen. */
  knows(hash: Uint32Array): boolean {
    const entry = (this.#slots[this.#slotOf(hash)] ?? 0) - 1;
    if (entry === -1) return false;
    const isKnown = this.#states[entry] === unseen;
    if (this.#states[entry] === seen) {
      this.#seenTwice = true;
      this.#states[entry] = recalled;
    } else if (isKnown) this.#states[entry] = seen;
    return isKnown;
  }

  /** True when a record came again after its person was passed over, so that the file must be read again. */
  get hasSeenTwice(): boolean {
    return this.#seenTwice;
  }

  /** Prepares for reading the file again, with the people of these ids passed over no more. */
  recall(ids: ReadonlySet<number>): void {
    for (let entry = 0; entry < this.#count; entry++) {
      if (ids.has(this.#ids[entry] ?? 0)) this.#states[entry] = recalled;
      else if (this.#states[entry] === seen) this.#states[entry] = unseen;
    }
    this.#seenTwice = false;
  }

  /** The ids of the people who were not passed over. */
  *left(): Generator<number> {
    for (let entry = 0; entry < this.#count; entry++) if (this.#states[entry] !== seen) yield this.#ids[entry] ?? 0;
  }

  /** Where the hash stands, or would. */
  #slotOf(hash: Uint32Array): number {
    let slot = (hash[0] ?? 0) & this.#mask;
    for (let entry = this.#slots[slot] ?? 0; entry !== 0 && !this.#isAt(entry - 1, hash); entry = this.#slots[slot] ?? 0) {
      slot = (slot + 1) & this.#mask;
    }
    return slot;
  }

  #isAt(entry: number, hash: Uint32Array): boolean {
    const at = entry * 4;
    const all = this.#hashes;
    return all[at] === hash[0] && all[at + 1] === hash[1] && all[at + 2] === hash[2] && all[at + 3] === hash[3];
  }
}
