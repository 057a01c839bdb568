import type { RawRow } from '@rosterport/domain';
import type { RowSieve } from '../row-sieve.ts';
import { firstCell } from './first-cell.ts';
import { hashRecord, type HashWords } from './record-hash.ts';
import type { RecordBatch } from './record-scanner.ts';
import { splitRecords } from './split-records.ts';

/** Records next to each other that were read, or that the sieve knows and nobody needs to read. */
export type BatchRun =
  | { readonly kind: 'read'; readonly rows: readonly RawRow[] }
  | { readonly kind: 'known'; readonly firstRow: number; readonly ids: readonly string[] };

/** How to read a batch. */
export interface BatchOptions {
  readonly separator: string;
  readonly sieve: RowSieve | undefined;
}

/**
 * Cuts a batch of sound UTF-8 where known records meet others. With a sieve every row that is read bears its hash, but for
 * one without a line end, which may have been cut and must be looked at.
 */
export function* batchRuns(batch: RecordBatch, options: BatchOptions): Generator<BatchRun> {
  const { separator, sieve } = options;
  if (sieve === undefined || batch.odd || !batch.ended) {
    yield { kind: 'read', rows: rowsOf(batch, separator, []) };
    return;
  }
  const knownIds = sift(batch, separator, sieve);
  for (let from = 0; from < batch.count; ) {
    const isKnown = knownIds.ids[from] !== null;
    let to = from + 1;
    while (to < batch.count && (knownIds.ids[to] !== null) === isKnown) to++;
    const ids = knownIds.ids.slice(from, to);
    if (isKnown) yield { kind: 'known', firstRow: batch.firstRow + from, ids: ids as string[] };
    else yield { kind: 'read', rows: rowsOf(part(batch, from, to), separator, knownIds.hashes.slice(from, to)) };
    from = to;
  }
}

interface Sifted {
  /** The ids of the known records, `null` for the others. */
  readonly ids: readonly (string | null)[];
  /** The hashes of the others in hexadecimal, empty for the known ones. */
  readonly hashes: readonly string[];
}

function sift({ bytes: { buffer, byteOffset, length }, ends, lineEnd }: RecordBatch, separator: string, sieve: RowSieve): Sifted {
  const ids: (string | null)[] = [];
  const hashes: string[] = [];
  const hash: HashWords = new Uint32Array(4);
  const hashBytes = Buffer.from(hash.buffer);
  const separatorByte = separator.charCodeAt(0);
  const view = new DataView(buffer, byteOffset, length);
  const bytes = Buffer.from(buffer, byteOffset, length);
  let start = 0;
  for (const next of ends) {
    const end = next - lineEnd.length;
    hashRecord({ view, start, end }, sieve.seed, hash);
    const isKnown = sieve.knows(hash);
    ids.push(isKnown ? firstCell({ bytes, start, end }, separatorByte) : null);
    hashes.push(isKnown ? '' : hashBytes.toString('hex'));
    start = next;
  }
  return { ids, hashes };
}

function part(batch: RecordBatch, from: number, to: number): RecordBatch {
  const start = from === 0 ? 0 : (batch.ends[from - 1] ?? 0);
  const ends = batch.ends.slice(from, to).map((end) => end - start);
  const bytes = batch.bytes.subarray(start, start + (ends.at(-1) ?? 0));
  return { ...batch, bytes, ends, offset: batch.offset + start, firstRow: batch.firstRow + from, count: to - from };
}

function rowsOf(batch: RecordBatch, separator: string, hashes: readonly string[]): RawRow[] {
  const text = Buffer.from(batch.bytes.buffer, batch.bytes.byteOffset, batch.bytes.length).toString('utf8');
  return splitRecords(batch, text, separator).map((cells, index) => {
    const row = batch.firstRow + index;
    const hash = hashes[index];
    return hash === undefined ? { row, cells } : { row, cells, hash };
  });
}
