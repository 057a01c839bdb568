import { isUtf8 } from 'node:buffer';
import type { ByteSource } from '../byte-source.ts';
import { hashRecords } from './record-hash.ts';
import { SlidingBytes } from '../sliding-bytes.ts';
import { recordBatches, type RecordBatch, type ScanOptions, type ScanPlace } from './record-scanner.ts';

/** Batches from the beginning of a file whose records are found and hashed, without their bytes. Takes 20 bytes a record. */
export interface RecordsAhead {
  readonly batches: readonly Omit<RecordBatch, 'bytes'>[];
  /** Where the records begin that are not among them. */
  readonly end: ScanPlace;
}

/** So many records are found ahead at most. */
const mostRecords = 2 ** 20;
/** A batch takes as much memory as so many of its records. */
const batchRecords = 30;

/** Finds and hashes records from the beginning on, up to the first that is not in order, so that rows can be sifted sooner later. */
export async function recordsAhead(source: ByteSource, { seed, ...options }: ScanOptions & { readonly seed: Uint32Array }): Promise<RecordsAhead> {
  const batches: Omit<RecordBatch, 'bytes'>[] = [];
  let end: ScanPlace = { offset: 0, row: 1 };
  let left = mostRecords;
  for await (const batch of recordBatches(source, options)) {
    if ('fault' in batch || batch.odd || !batch.ended || !isUtf8(batch.bytes) || left <= 0) break;
    const { bytes, ...place } = batch;
    batches.push({ ...place, hashes: hashRecords(batch, seed) });
    end = { offset: batch.offset + bytes.length, row: batch.firstRow + batch.count };
    left -= batch.count + batchRecords;
  }
  return { batches, end };
}

/** All records of a file, of which some were found ahead: those with their bytes again, then the others. */
export async function* batchesFrom({ batches }: RecordsAhead, source: ByteSource): AsyncGenerator<RecordBatch> {
  const sliding = new SlidingBytes(source, { from: batches[0]?.offset });
  for (const place of batches) {
    const length = place.ends.at(-1) ?? 0;
    let start = place.offset - sliding.offset;
    while (start + length > sliding.bytes.length && (await sliding.slide(start))) start = 0;
    yield { ...place, bytes: sliding.bytes.subarray(start, start + length) };
  }
}
