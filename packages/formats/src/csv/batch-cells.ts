import { isAscii } from 'node:buffer';
import type { RecordBatch } from './record-scanner.ts';
import { splitRecords } from './split-records.ts';

/**
 * The cells of each record of a batch in UTF-8. Bytes are taken for characters until the records are split, and only cells with
 * others than ASCII are decoded: of a text in which a single letter is not Latin every part takes twice the memory, and a third
 * longer for whatever is done with it.
 */
export function batchCells(batch: RecordBatch, separator: string): string[][] {
  const bytes = Buffer.from(batch.bytes.buffer, batch.bytes.byteOffset, batch.bytes.length);
  const records = splitRecords(batch, bytes.toString('latin1'), separator);
  if (!isAscii(bytes)) for (const cells of records) decode(cells);
  return records;
}

const notAscii = /[\x80-\xff]/;

/** For all but long cells. */
const scratch = Buffer.alloc(4_096);

function decode(cells: string[]): void {
  for (let index = 0; index < cells.length; index++) {
    const cell = cells[index] ?? '';
    if (!notAscii.test(cell)) continue;
    const bytes = cell.length <= scratch.length ? scratch : Buffer.alloc(cell.length);
    cells[index] = bytes.toString('utf8', 0, bytes.write(cell, 'latin1'));
  }
}
