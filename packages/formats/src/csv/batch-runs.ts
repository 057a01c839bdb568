import type { RawRow } from '@rosterport/domain';
import type { RowSieve } from '../row-sieve.ts';
import { firstCells } from './first-cells.ts';
import { hashRecords } from './record-hash.ts';
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
  const hashes = batch.hashes ?? hashRecords(batch, sieve.seed);
  const isKnown = Uint8Array.from(batch.ends, (_, index) => Number(sieve.knows(hashes, index * 4)));
  for (let from = 0; from < batch.count; ) {
    let to = from + 1;
    while (to < batch.count && isKnown[to] === isKnown[from]) to++;
    const run = { from, to };
    if (isKnown[from] === 1) yield { kind: 'known', firstRow: batch.firstRow + from, ids: firstCells(batch, run, separator.charCodeAt(0)) };
    else yield { kind: 'read', rows: rowsOf(part(batch, run), separator, hashTexts(hashes, run)) };
    from = to;
  }
}

/** Some records of a batch. */
interface Run {
  readonly from: number;
  readonly to: number;
}

/** The hashes of these records in hexadecimal. */
function hashTexts(hashes: Uint32Array, { from, to }: Run): string[] {
  const bytes = Buffer.from(hashes.buffer, hashes.byteOffset + from * 16, (to - from) * 16);
  return Array.from({ length: to - from }, (_, index) => bytes.toString('hex', index * 16, index * 16 + 16));
}

function part(batch: RecordBatch, { from, to }: Run): RecordBatch {
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
