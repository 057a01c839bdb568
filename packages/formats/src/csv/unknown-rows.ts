import type { RawRow } from '@rosterport/domain';
import { batchCells } from './batch-cells.ts';
import type { RecordBatch } from './record-scanner.ts';

/** So many rows are read at once at most: of more, what is made of them would outlive the next collection of garbage. */
export const mostRead = 250;

/** Which records of a batch are to be read, and how. */
export interface UnknownRows {
  readonly separator: string;
  /** For each record whether it is known, so that nobody reads it. */
  readonly isKnown: Uint8Array;
  /** Four words for each record, which its row is to bear; `null` for none. */
  readonly hashes: Uint32Array | null;
}

/**
 * The rows of the records that are not known, in their order. Many are read at once, wherever they stand: where one in a few is
 * faulty, to read each by itself took nearly twice as long.
 */
export function* unknownRows(batch: RecordBatch, options: UnknownRows): Generator<RawRow, undefined> {
  let places: number[] = [];
  for (let index = 0; index < batch.count; index++) {
    if (options.isKnown[index] === 1) continue;
    places.push(index);
    if (places.length < mostRead) continue;
    yield* rowsAt(batch, places, options);
    places = [];
  }
  if (places.length > 0) yield* rowsAt(batch, places, options);
  return undefined;
}

function rowsAt(batch: RecordBatch, places: readonly number[], { separator, hashes }: UnknownRows): RawRow[] {
  const bytes = hashes === null ? null : Buffer.from(hashes.buffer, hashes.byteOffset, hashes.byteLength);
  return batchCells(recordsAt(batch, places), separator).map((cells, index) => {
    const place = places[index] ?? 0;
    const row = batch.firstRow + place;
    return bytes === null ? { row, cells } : { row, cells, hash: bytes.toString('hex', place * 16, place * 16 + 16) };
  });
}

/** These records, one behind the other. Only such as lie apart are copied. */
function recordsAt(batch: RecordBatch, places: readonly number[]): RecordBatch {
  const startOf = (place: number): number => (place === 0 ? 0 : (batch.ends[place - 1] ?? 0));
  const endOf = (place: number): number => batch.ends[place] ?? 0;
  const [first = 0, last = first] = [places[0], places.at(-1)];
  const ends = new Uint32Array(places.length);
  let length = 0;
  places.forEach((place, index) => (ends[index] = length += endOf(place) - startOf(place)));
  if (length === endOf(last) - startOf(first)) return { ...batch, bytes: batch.bytes.subarray(startOf(first), endOf(last)), ends, count: places.length };
  const bytes = Buffer.allocUnsafe(length);
  places.forEach((place, index) => { bytes.set(batch.bytes.subarray(startOf(place), endOf(place)), index === 0 ? 0 : ends[index - 1]); });
  return { ...batch, bytes, ends, count: places.length };
}
