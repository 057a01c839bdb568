const mostSlots = 65_536;
/** Longer texts are not worth their memory. */
const longest = 64;

/**
 * Remembers short texts by their numbers, one for each slot: most cells of a sheet have the text of another cell. A text is
 * kept when it is asked for again, so that those of one cell alone neither fill the memory nor drive the others out.
 */
export class RecentTexts {
  readonly #last: number;
  readonly #asked: Int32Array;
  readonly #numbers: Int32Array;
  readonly #texts: (string | undefined)[];

  /** Has room for as many texts as there are, where they are not too many. */
  constructor(count: number) {
    const slots = Math.min(mostSlots, 2 ** Math.ceil(Math.log2(Math.max(count, 1))));
    this.#last = slots - 1;
    this.#asked = new Int32Array(slots).fill(-1);
    this.#numbers = new Int32Array(slots).fill(-1);
    this.#texts = new Array<undefined>(slots).fill(undefined);
  }

  /** The text of a number, when it was kept and none took its slot since. */
  find(number: number): string | undefined {
    const slot = number & this.#last;
    return this.#numbers[slot] === number ? this.#texts[slot] : undefined;
  }

  /** Takes a text that was not found; keeps it when its number was the last that came here for its slot. */
  offer(number: number, text: string): void {
    const slot = number & this.#last;
    if (this.#asked[slot] !== number) this.#asked[slot] = number;
    else if (text.length <= longest) {
      this.#numbers[slot] = number;
      this.#texts[slot] = text;
    }
  }
}
