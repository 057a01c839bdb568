/** A record's bytes, from `start` up to `end`. */
export interface RecordBytes {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

const quote = 0x22;

/** The text of a record's first cell, as the file has it. The record's quotes are in order, as those of a read one were. */
export function firstCell({ bytes, start, end }: RecordBytes, separator: number): string {
  if (bytes[start] === quote) return quotedCell({ bytes, start, end });
  let at = start;
  while (at < end && bytes[at] !== separator) at++;
  return bytes.toString('utf8', start, at);
}

function quotedCell({ bytes, start, end }: RecordBytes): string {
  let at = bytes.indexOf(quote, start + 1);
  while (bytes[at + 1] === quote && at + 1 < end) at = bytes.indexOf(quote, at + 2);
  return bytes.toString('utf8', start + 1, at).replaceAll('""', '"');
}
