import type { RawRow } from '@rosterport/domain';
import type { KnownRun, RowSieve } from '../row-sieve.ts';
import { batchCells } from './batch-cells.ts';
import { firstCells } from './first-cells.ts';
import { hashRecords } from './record-hash.ts';
import type { RecordBatch } from './record-scanner.ts';

/** Records next to each other that were read, or that the sieve knows and nobody needs to read. */
export type BatchRun =
  | { readonly kind: 'read'; readonly rows: readonly RawRow[] }
  | KnownRun;

/** How to read a batch. */
export interface BatchOptions {
  readonly separator: string;
  readonly sieve: RowSieve | undefined;
}

/** So many rows are read at once at most: of more, what is made of them would outlive the next collection of garbage. */
const mostRead = 250;

/**
 * Cuts a batch of sound UTF-8 where known records meet others. With a sieve every row that is read bears its hash, but for
 * one without a line end, which may have been cut and must be looked at.
 */
export function* batchRuns(batch: RecordBatch, options: BatchOptions): Generator<BatchRun> {
  const { separator, sieve } = options;
  const isSifted = sieve !== undefined && !batch.odd && batch.ended;
  const hashes = isSifted ? (batch.hashes ?? hashRecords(batch, sieve.seed)) : null;
  const isKnown = new Uint8Array(batch.count);
  if (isSifted && hashes !== null) for (let index = 0; index < batch.count; index++) isKnown[index] = Number(sieve.knows(hashes, index * 4));
  for (let from = 0; from < batch.count; ) {
    const most = isKnown[from] === 1 ? batch.count : Math.min(batch.count, from + mostRead);
    let to = from + 1;
    while (to < most && isKnown[to] === isKnown[from]) to++;
    const run = { from, to };
    if (isKnown[from] === 1) yield knownRun(batch, run, separator);
    else yield { kind: 'read', rows: rowsOf(part(batch, run), separator, hashes === null ? [] : hashTexts(hashes, run)) };
    from = to;
  }
}

/** Some records of a batch. */
interface Run {
  readonly from: number;
  readonly to: number;
}

function knownRun(batch: RecordBatch, run: Run, separator: string): KnownRun {
  const ids = firstCells(batch, run, separator.charCodeAt(0));
  return { kind: 'known', firstRow: batch.firstRow + run.from, count: run.to - run.from, ids };
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
  return batchCells(batch, separator).map((cells, index) => {
    const row = batch.firstRow + index;
    const hash = hashes[index];
    return hash === undefined ? { row, cells } : { row, cells, hash };
  });
}
