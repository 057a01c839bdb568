import type { RecordBatch } from './record-scanner.ts';

const quote = 0x22;

/** Parts the cells from one another, and is left out of them: no row that was kept holds it. */
const end = 0;

/**
 * The texts of the first cells of some records of a batch, as the file has them. The records' quotes are in order, as those of
 * read ones were. All are made one text and cut again, since making a text of bytes costs more than the cell.
 */
export function firstCells(batch: RecordBatch, { from, to }: { readonly from: number; readonly to: number }, separator: number): string[] {
  const { ends, lineEnd } = batch;
  const bytes = Buffer.from(batch.bytes.buffer, batch.bytes.byteOffset, batch.bytes.length);
  const gathered = Buffer.allocUnsafe((ends[to - 1] ?? 0) - startOf(batch, from) + to - from);
  let length = 0;
  for (let index = from; index < to; index++) {
    const start = startOf(batch, index);
    const stop = (ends[index] ?? 0) - lineEnd.length;
    if (bytes[start] === quote) length += gathered.write(quotedCell(bytes, start, stop), length);
    else {
      for (let at = start; at < stop && bytes[at] !== separator; at++) {
        gathered[length] = bytes[at] ?? end;
        if (gathered[length] !== end) length++;
      }
    }
    gathered[length++] = end;
  }
  return gathered.toString('utf8', 0, length - 1).split('\0');
}

function startOf({ ends }: RecordBatch, index: number): number {
  return index === 0 ? 0 : (ends[index - 1] ?? 0);
}

function quotedCell(bytes: Buffer, start: number, end: number): string {
  let at = bytes.indexOf(quote, start + 1);
  while (bytes[at + 1] === quote && at + 1 < end) at = bytes.indexOf(quote, at + 2);
  return bytes.toString('utf8', start + 1, at).replaceAll('""', '"').replaceAll('\0', '');
}
