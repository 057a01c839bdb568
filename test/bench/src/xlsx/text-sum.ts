/** What a reader found: as many rows and cells, and a sum over every character of every text and where it stands. */
export interface TextSum {
  readonly rows: number;
  readonly cells: number;
  readonly sum: number;
}

/** Adds up what is read, in any order. Two sums are the same when the same texts stand in the same cells. */
export class TextSummer {
  #rows = 0;
  #cells = 0;
  #sum = 0;

  /** Takes a row by its number in the sheet and its texts from the first column on. */
  add(row: number, texts: readonly string[]): void {
    this.#rows += 1;
    for (let column = 0; column < texts.length; column += 1) {
      const text = texts[column] ?? '';
      if (text === '') continue;
      this.#cells += 1;
      this.#sum = (this.#sum + hashOf(text, row * 31 + column)) | 0;
    }
  }

  /** The sum of what was taken so far. */
  total(): TextSum {
    return { rows: this.#rows, cells: this.#cells, sum: this.#sum };
  }
}

function hashOf(text: string, seed: number): number {
  let hash = seed | 0;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
}
