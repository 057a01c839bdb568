import type { RecordBytes } from './record-hash.ts';

const quote = 0x22;

/** The text of a record's first cell, as the file has it. The record's quotes are in order, as those of a read one were. */
export function firstCell(record: RecordBytes, separator: number): string {
  const { bytes, start, end } = record;
  if (bytes[start] === quote) return quotedCell(record);
  const next = bytes.indexOf(separator, start);
  const cellEnd = next === -1 || next > end ? end : next;
  return textOf(bytes, start, cellEnd);
}

function quotedCell({ bytes, start, end }: RecordBytes): string {
  let at = bytes.indexOf(quote, start + 1);
  while (bytes[at + 1] === quote && at + 1 < end) at = bytes.indexOf(quote, at + 2);
  return textOf(bytes, start + 1, at).replaceAll('""', '"');
}

function textOf({ buffer, byteOffset }: Uint8Array, start: number, end: number): string {
  return Buffer.from(buffer, byteOffset + start, end - start).toString('utf8');
}
