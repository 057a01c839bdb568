import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** How many rows of a file stand in one chunk, but for the last one. */
export const rowsPerChunk = 2_048;

/** Where a data row stands in its file, and whom it is about. */
export interface RowPlace {
  /** Name of the sheet; `null` for a CSV file. */
  readonly sheet: string | null;
  /** Row number as the spreadsheet shows it. */
  readonly row: number;
  /** `null` where it could not be read. */
  readonly externalId: string | null;
}

/** The places of data rows that follow one another, small enough to be kept for each row of a file. */
export interface PlaceChunk {
  /** Order of its first row in the file, counted from 1 over all sheets. */
  readonly firstOrdinal: number;
  readonly rows: number;
  /** What `packPlaces` makes of them. */
  readonly places: Buffer;
}

/** Rows of one sheet, numbered without a gap, that all have an id or all have none: `[sheet, first row, rows, have ids]`. */
export type PlaceRun = [sheet: string | null, firstRow: number, rows: number, haveIds: boolean];

/** Ends each part of a chunk; PostgreSQL's texts cannot hold it, so no id does. */
const end = '\0';
const endByte = 0;

/** Ids as they stand in a chunk: in UTF-8, each ended. */
export function packIds(ids: readonly string[]): Buffer {
  return Buffer.from([...ids, ''].join(end));
}

/** How many bytes the first of some packed ids take. */
export function lengthOf(ids: Uint8Array, count: number): number {
  let at = 0;
  for (let left = count; left > 0; at++) if (ids[at] === endByte) left--;
  return at;
}

/** Packs runs of rows, and the packed ids of those that have one. Ids differ in a few characters, so a quick deflate is as good as a slow one. */
export function packPlaces(runs: readonly PlaceRun[], ids: readonly Uint8Array[]): Buffer {
  const parts = Buffer.concat([Buffer.from(JSON.stringify(runs) + end), ...ids]);
  // What zlib gives is a part of 16 KiB, which all would be kept with it.
  return Buffer.from(deflateRawSync(parts, { level: 1 }));
}

/** The places that were packed, in their order. */
export function unpackPlaces(packed: Buffer): RowPlace[] {
  const [head = '[]', ...ids] = inflateRawSync(packed).toString('utf8').split(end);
  const places: RowPlace[] = [];
  let known = 0;
  for (const [sheet, firstRow, rows, haveIds] of JSON.parse(head) as PlaceRun[]) {
    for (let row = firstRow; row < firstRow + rows; row += 1) places.push({ sheet, row, externalId: haveIds ? (ids[known++] ?? null) : null });
  }
  return places;
}

/** Whether a row of the chunk has one of the ids. Quicker than to unpack it. */
export function holdsId(packed: Buffer, ids: ReadonlySet<string>): boolean {
  if (ids.size === 0) return false;
  const bytes = inflateRawSync(packed);
  return [...ids].some((id) => bytes.includes(`${end}${id}${end}`));
}
