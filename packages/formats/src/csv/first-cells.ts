import type { RecordBatch } from './record-scanner.ts';

const quote = 0x22;

/** Ends each cell, and is left out of it: no row that was kept holds it. */
const end = 0;

/** Where cells are gathered, since most of a record is not of its first cell. */
let scratch = Buffer.allocUnsafeSlow(16_384);

/**
 * The first cells of some records of a batch in UTF-8, each with a NUL behind it. The records' quotes are in order, as those of
 * read ones were. They stay bytes, since making a text of each costs more than all else.
 */
export function firstCells(batch: RecordBatch, { from, to }: { readonly from: number; readonly to: number }, separator: number): Buffer {
  const { ends, lineEnd } = batch;
  const bytes = Buffer.from(batch.bytes.buffer, batch.bytes.byteOffset, batch.bytes.length);
  const most = (ends[to - 1] ?? 0) - startOf(batch, from) + to - from;
  if (scratch.length < most) scratch = Buffer.allocUnsafeSlow(most);
  const gathered = scratch;
  let length = 0;
  for (let index = from; index < to; index++) {
    const start = startOf(batch, index);
    const stop = (ends[index] ?? 0) - lineEnd.length;
    if (bytes[start] === quote) length += gathered.write(quotedCell(bytes, start, stop), length);
    else {
      for (let at = start; at < stop; at++) {
        const byte = bytes[at] ?? end;
        if (byte === separator) break;
        if (byte !== end) gathered[length++] = byte;
      }
    }
    gathered[length++] = end;
  }
  return Buffer.from(gathered.subarray(0, length));
}

function startOf({ ends }: RecordBatch, index: number): number {
  return index === 0 ? 0 : (ends[index - 1] ?? 0);
}

function quotedCell(bytes: Buffer, start: number, end: number): string {
  let at = bytes.indexOf(quote, start + 1);
  while (bytes[at + 1] === quote && at + 1 < end) at = bytes.indexOf(quote, at + 2);
  return bytes.toString('utf8', start + 1, at).replaceAll('""', '"').replaceAll('\0', '');
}
