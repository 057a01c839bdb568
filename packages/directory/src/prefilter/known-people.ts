const unseen = 0;
const seen = 1;
const recalled = 2;

/** So many people lie together: a power of two, so that where somebody lies is told from the bits of the number. */
const blockBits = 16;
const blockPeople = 2 ** blockBits;
const withinBlock = blockPeople - 1;
/** A power of two, which becomes that of the others when it is multiplied by four again and again. */
const smallestBlock = 1_024;

/** Records that have changed lie in between. */
const mostAskedFirst = 4;

/** People who lie together. In blocks nobody is moved when others come, and nobody has to know before how many will. */
interface Block {
  readonly hashes: Uint32Array;
  readonly ids: Float64Array;
  readonly states: Uint8Array;
}

/**
 * The people of a source, of whom some have a record of an earlier file that is known by its hash, while a file is read. Takes
 * 25 bytes a person and a table of at most 12 more, whatever the hashes are.
 */
export class KnownPeople {
  /** What the hashes begin with. */
  readonly seed: Uint32Array;
  readonly #blocks: Block[] = [];
  #size = 0;
  /** Number of a person, counted from 1, by the first word of the hash; open addressing. None until somebody is looked for. */
  #slots: Int32Array | null = null;
  #mask = 0;
  #seenTwice = false;
  /** Who lies behind whoever was found last: as a rule the next record is theirs, since people lie in the order of a file. */
  #next = 0;

  /** The seed has four words. */
  constructor(seed: Uint32Array) {
    this.seed = seed;
  }

  /** How many people there are. */
  get size(): number {
    return this.#size;
  }

  /**
   * Adds a person by the id in the directory, before anybody is looked for. The hash is the four words from `at` on; `null` for
   * somebody whose record is not known.
   */
  add(id: number, words: Uint32Array | null, at = 0): void {
    const entry = this.#size++;
    const within = entry & withinBlock;
    const { ids, hashes, states } = this.#blockFor(entry);
    ids[within] = id;
    if (words === null) states[within] = recalled;
    else for (let word = 0; word < 4; word++) hashes[within * 4 + word] = words[at + word] ?? 0;
  }

  /**
   * True for the record of a person who may be passed over, whose hash is the four words from `at` on; it then counts as seen. Of
   * two people with one hash neither is passed over.
   */
  knows(words: Uint32Array, at = 0): boolean {
    this.#slots ??= this.#makeSlots();
    const entry = this.#entryOf(this.#slots, words, at);
    if (entry === -1) return false;
    this.#next = entry + 1;
    const { states } = this.#blockOf(entry);
    const within = entry & withinBlock;
    const isKnown = states[within] === unseen;
    if (states[within] === seen) {
      this.#seenTwice = true;
      states[within] = recalled;
    } else if (isKnown) states[within] = seen;
    return isKnown;
  }

  /** True when a record came again after its person was passed over, so that the file must be read again. */
  get hasSeenTwice(): boolean {
    return this.#seenTwice;
  }

  /** Prepares for reading the file again, with the people of these ids passed over no more. */
  recall(ids: Pick<ReadonlySet<number>, 'has'>): void {
    for (let entry = 0; entry < this.#size; entry++) {
      const { ids: known, states } = this.#blockOf(entry);
      const within = entry & withinBlock;
      if (ids.has(known[within] ?? 0)) states[within] = recalled;
      else if (states[within] === seen) states[within] = unseen;
    }
    this.#seenTwice = false;
  }

  /** The ids of the people who were not passed over. */
  *left(): Generator<number> {
    for (let entry = 0; entry < this.#size; entry++) {
      const { ids, states } = this.#blockOf(entry);
      if (states[entry & withinBlock] !== seen) yield ids[entry & withinBlock] ?? 0;
    }
  }

  #makeSlots(): Int32Array {
    const slots = new Int32Array(2 ** Math.ceil(Math.log2(this.#size * 1.5 + 1)));
    this.#mask = slots.length - 1;
    for (let entry = 0; entry < this.#size; entry++) {
      const { hashes, states } = this.#blockOf(entry);
      const within = entry & withinBlock;
      if (states[within] === recalled) continue;
      const slot = this.#slotOf(slots, hashes, within * 4);
      const other = slots[slot] ?? 0;
      if (other === 0) slots[slot] = entry + 1;
      else this.#blockOf(other - 1).states[(other - 1) & withinBlock] = states[within] = recalled;
    }
    return slots;
  }

  /** The number of the person, -1 for nobody. Those who lie next are asked first, which spares a walk through the table. */
  #entryOf(slots: Int32Array, words: Uint32Array, at: number): number {
    const end = Math.min(this.#next + mostAskedFirst, this.#size);
    for (let entry = this.#next; entry < end; entry++) {
      if (this.#isAt(entry, words, at) && this.#blockOf(entry).states[entry & withinBlock] !== recalled) return entry;
    }
    return (slots[this.#slotOf(slots, words, at)] ?? 0) - 1;
  }

  /** Where the hash stands, or would. */
  #slotOf(slots: Int32Array, words: Uint32Array, at: number): number {
    let slot = (words[at] ?? 0) & this.#mask;
    for (let entry = slots[slot] ?? 0; entry !== 0 && !this.#isAt(entry - 1, words, at); entry = slots[slot] ?? 0) {
      slot = (slot + 1) & this.#mask;
    }
    return slot;
  }

  #isAt(entry: number, words: Uint32Array, at: number): boolean {
    const { hashes } = this.#blockOf(entry);
    const own = (entry & withinBlock) * 4;
    return hashes[own] === words[at] && hashes[own + 1] === words[at + 1] && hashes[own + 2] === words[at + 2] && hashes[own + 3] === words[at + 3];
  }

  /** Where a new person goes. The first block begins small and grows, since most sources are small and there may be many. */
  #blockFor(entry: number): Block {
    const [number, within] = [entry >>> blockBits, entry & withinBlock];
    const block = this.#blocks[number];
    if (block !== undefined && within < block.states.length) return block;
    return (this.#blocks[number] = block === undefined ? newBlock(number === 0 ? smallestBlock : blockPeople) : grown(block));
  }

  #blockOf(entry: number): Block {
    return this.#blocks[entry >>> blockBits] ?? newBlock(0);
  }
}

function newBlock(people: number): Block {
  return { hashes: new Uint32Array(people * 4), ids: new Float64Array(people), states: new Uint8Array(people) };
}

/** The same people in four times the place. */
function grown({ hashes, ids, states }: Block): Block {
  const larger = newBlock(Math.min(states.length * 4, blockPeople));
  larger.hashes.set(hashes);
  larger.ids.set(ids);
  larger.states.set(states);
  return larger;
}
