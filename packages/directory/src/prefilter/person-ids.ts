const space = 32;
const zero = 48;

/** Ids of people, in 8 bytes each: of a file in which many change, those whom others name can be as many as the people. */
export class PersonIds {
  readonly #ascending: Float64Array;

  /** Takes so many ids from a text, which has them in ascending order with a space between two. */
  constructor(size: number, text: string) {
    this.#ascending = new Float64Array(size);
    let id = 0;
    let at = 0;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code === space) {
        this.#ascending[at++] = id;
        id = 0;
      } else id = id * 10 + code - zero;
    }
    if (size > 0) this.#ascending[at] = id;
  }

  /** How many they are. */
  get size(): number {
    return this.#ascending.length;
  }

  /** Whether the id is among them. */
  has(id: number): boolean {
    let low = 0;
    let high = this.#ascending.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#ascending[middle] ?? 0) < id) low = middle + 1;
      else high = middle;
    }
    return this.#ascending[low] === id;
  }
}
