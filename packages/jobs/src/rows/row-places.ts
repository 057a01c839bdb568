import { packPlaces, rowsPerChunk, type PlaceChunk, type PlaceRun } from './place-chunk.ts';

/**
 * Collects where each data row of a file stands while the file is read. It keeps finished chunks only (some three bytes a
 * row), and of the chunk in hand nothing but the ids.
 */
export class RowPlaces {
  readonly #chunks: PlaceChunk[] = [];
  #runs: PlaceRun[] = [];
  #ids: string[] = [];
  #run: PlaceRun = [null, 0, 0, false];
  #inChunk = 0;

  /**
   * Takes the next row of the file, in the order of its rows over all sheets, and returns its ordinal: 1 for the first. The
   * id is the one that the row's result is to bear; it must not hold NUL.
   */
  add(sheet: string | null, row: number, externalId: string | null): number {
    const haveIds = externalId !== null;
    const run = this.#run;
    if (run[2] > 0 && row === run[1] + run[2] && haveIds === run[3] && sheet === run[0]) {
      run[2] += 1;
    } else {
      this.#run = [sheet, row, 1, haveIds];
      this.#runs.push(this.#run);
    }
    if (haveIds) this.#ids.push(externalId);
    this.#inChunk += 1;
    const ordinal = this.#chunks.length * rowsPerChunk + this.#inChunk;
    if (this.#inChunk === rowsPerChunk) this.#finishChunk();
    return ordinal;
  }

  /** How many rows there are so far. */
  get rows(): number {
    return this.#finishedRows() + this.#inChunk;
  }

  /** The chunks of all rows. No row may be added afterwards. */
  finish(): readonly PlaceChunk[] {
    if (this.#inChunk > 0) this.#finishChunk();
    return this.#chunks;
  }

  #finishedRows(): number {
    const last = this.#chunks.at(-1);
    return last === undefined ? 0 : last.firstOrdinal + last.rows - 1;
  }

  #finishChunk(): void {
    const places = packPlaces(this.#runs, this.#ids);
    this.#chunks.push({ firstOrdinal: this.#finishedRows() + 1, rows: this.#inChunk, places });
    this.#runs = [];
    this.#ids = [];
    this.#run = [null, 0, 0, false];
    this.#inChunk = 0;
  }
}
