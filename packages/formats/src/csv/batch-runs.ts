import type { RawRow } from '@rosterport/domain';
import type { KnownRun, RowSieve } from '../row-sieve.ts';
import { firstCells } from './first-cells.ts';
import { hashRecords } from './record-hash.ts';
import type { RecordBatch } from './record-scanner.ts';
import { mostRead, unknownRows } from './unknown-rows.ts';

/** Records next to each other that were read, or that the sieve knows and nobody needs to read. */
export type BatchRun =
  | { readonly kind: 'read'; readonly rows: readonly RawRow[] }
  | KnownRun;

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
  const isSifted = sieve !== undefined && !batch.odd && batch.ended;
  const hashes = isSifted ? (batch.hashes ?? hashRecords(batch, sieve.seed)) : null;
  const isKnown = new Uint8Array(batch.count);
  if (isSifted && hashes !== null) for (let index = 0; index < batch.count; index++) isKnown[index] = Number(sieve.knows(hashes, index * 4));
  const unknown = unknownRows(batch, { separator, isKnown, hashes });
  for (let from = 0; from < batch.count; ) {
    const most = isKnown[from] === 1 ? batch.count : Math.min(batch.count, from + mostRead);
    let to = from + 1;
    while (to < most && isKnown[to] === isKnown[from]) to++;
    const run = { from, to };
    if (isKnown[from] === 1) yield knownRun(batch, run, separator);
    else yield { kind: 'read', rows: nextRows(unknown, to - from) };
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

function nextRows(unknown: Generator<RawRow, undefined>, count: number): RawRow[] {
  const rows: RawRow[] = [];
  for (let next = unknown.next(); next.done !== true; next = unknown.next()) if (rows.push(next.value) === count) break;
  return rows;
}
