const slots = 65_536;
/** Longer texts are not worth their memory. */
const longest = 64;

/** Remembers short texts by their numbers, one for each slot: most cells of a sheet have the text of another cell. */
export class RecentTexts {
  readonly #numbers = new Int32Array(slots).fill(-1);
  readonly #texts: (string | undefined)[] = [];

  /** The text of a number, when it was kept and none took its slot since. */
  find(number: number): string | undefined {
    const slot = number & (slots - 1);
    return this.#numbers[slot] === number ? this.#texts[slot] : undefined;
  }

  keep(number: number, text: string): void {
    if (text.length > longest) return;
    const slot = number & (slots - 1);
    this.#numbers[slot] = number;
    this.#texts[slot] = text;
  }
}
