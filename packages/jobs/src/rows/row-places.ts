import { lengthOf, packIds, packPlaces, rowsPerChunk, type PlaceChunk, type PlaceRun } from './place-chunk.ts';

/** Rows next to each other in a sheet, and their ids in UTF-8, each with a NUL behind it. */
export interface RowRun {
  readonly sheet: string | null;
  /** Number of the first row. */
  readonly firstRow: number;
  readonly count: number;
  readonly ids: Uint8Array;
}

/**
 * Collects where each data row of a file stands while the file is read. It keeps finished chunks only (some three bytes a
 * row), and of the chunk in hand nothing but the ids.
 */
export class RowPlaces {
  readonly #chunks: PlaceChunk[] = [];
  #runs: PlaceRun[] = [];
  /** The ids of the chunk in hand as they are packed; the last ones are texts still. */
  #ids: Uint8Array[] = [];
  #texts: string[] = [];
  #run: PlaceRun = [null, 0, 0, false];
  #inChunk = 0;

  /**
   * Takes the next row of the file, in the order of its rows over all sheets, and returns its ordinal: 1 for the first. The
   * id is the one that the row's result is to bear; it must not hold NUL.
   */
  add(sheet: string | null, row: number, externalId: string | null): number {
    const haveIds = externalId !== null;
    this.#place({ sheet, firstRow: row, count: 1 }, haveIds);
    if (haveIds) this.#texts.push(externalId);
    const ordinal = this.#chunks.length * rowsPerChunk + this.#inChunk;
    if (this.#inChunk === rowsPerChunk) this.#finishChunk();
    return ordinal;
  }

  /** Takes the next rows of the file, which stand next to each other in one sheet and all have an id. */
  addRun({ sheet, firstRow, count, ids }: RowRun): void {
    const chunkRows = Math.min(count, rowsPerChunk - this.#inChunk);
    const bytes = chunkRows < count ? lengthOf(ids, chunkRows) : ids.length;
    this.#place({ sheet, firstRow, count: chunkRows }, true);
    this.#packTexts();
    this.#ids.push(ids.subarray(0, bytes));
    if (this.#inChunk === rowsPerChunk) this.#finishChunk();
    if (chunkRows < count) this.addRun({ sheet, firstRow: firstRow + chunkRows, count: count - chunkRows, ids: ids.subarray(bytes) });
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

  #place({ sheet, firstRow, count }: Omit<RowRun, 'ids'>, haveIds: boolean): void {
    const run = this.#run;
    if (run[2] > 0 && firstRow === run[1] + run[2] && haveIds === run[3] && sheet === run[0]) {
      run[2] += count;
    } else {
      this.#run = [sheet, firstRow, count, haveIds];
      this.#runs.push(this.#run);
    }
    this.#inChunk += count;
  }

  #packTexts(): void {
    if (this.#texts.length > 0) this.#ids.push(packIds(this.#texts));
    this.#texts = [];
  }

  #finishChunk(): void {
    this.#packTexts();
    const places = packPlaces(this.#runs, this.#ids);
    this.#chunks.push({ firstOrdinal: this.#finishedRows() + 1, rows: this.#inChunk, places });
    this.#runs = [];
    this.#ids = [];
    this.#run = [null, 0, 0, false];
    this.#inChunk = 0;
  }
}
