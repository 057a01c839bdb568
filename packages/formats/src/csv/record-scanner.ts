import type { ByteSource } from '../byte-source.ts';
import { SlidingBytes } from '../sliding-bytes.ts';

/** Whole records that end alike, as they stand in the file. */
export interface RecordBatch {
  /** The records, each with its line end. They are there until the next batch is asked for. */
  readonly bytes: Uint8Array;
  /** Position of the first byte in the file. */
  readonly offset: number;
  /** Ordinal of the first record; the header is 1. */
  readonly firstRow: number;
  readonly count: number;
  /** Where each record ends within `bytes`, its line end included. */
  readonly ends: Uint32Array;
  readonly lineEnd: '\n' | '\r\n' | '\r';
  /** True for a single record with text between a closing quote and the next separator. */
  readonly odd: boolean;
  /** False for the last record of a file when nothing ends its line. */
  readonly ended: boolean;
  /** Four words for each record, where they were hashed already; the bytes are UTF-8 then. */
  readonly hashes?: Uint32Array;
}

/** A record that cannot be read: a quote that is never closed, one that closes within a cell, or too many bytes. */
export interface ScanFault {
  readonly fault: 'open quote' | 'odd quote' | 'too long';
  readonly row: number;
}

/** How to scan. */
export interface ScanOptions {
  readonly separator: string;
  readonly maxRecordLength: number;
  /** Bytes to read at once; the batches are the same records for any size. */
  readonly chunkBytes?: number | undefined;
  /** Where to begin; at the header when left out. */
  readonly from?: ScanPlace | undefined;
}

/** Where a record begins. */
export interface ScanPlace {
  /** Position in the file. */
  readonly offset: number;
  /** Ordinal of the record. */
  readonly row: number;
}

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const batchRecords = 1000;

type Mode = 'cell start' | 'plain' | 'quoted' | 'after quote';

interface Scan {
  readonly separator: number;
  readonly maxRecordLength: number;
  bytes: Uint8Array;
  /** Position of `bytes` in the file. */
  offset: number;
  /** Where the record begins, and how far it was scanned. */
  start: number;
  at: number;
  mode: Mode;
  /** The next of each of them at or behind the place where it was looked for; the end of the bytes when there is none. */
  quoteAt: number;
  returnAt: number;
  odd: boolean;
  /** True within a record that is longer than may be kept: its bytes are passed over. */
  isTooLong: boolean;
  row: number;
}

/**
 * Finds the bounds of records: LF, CRLF or CR outside quotes. A quote opens only at the start of a cell and is doubled
 * within. Works on bytes, which UTF-8 allows because no byte of a longer character is an ASCII one. A record that is too long
 * is a fault, and the records below it are read all the same.
 */
export async function* recordBatches(source: ByteSource, options: ScanOptions): AsyncGenerator<RecordBatch | ScanFault> {
  const scan = newScan(options);
  const sliding = new SlidingBytes(source, { chunkBytes: options.chunkBytes, from: scan.offset });
  while (await sliding.slide(scan.start)) {
    takeOver(scan, sliding);
    if (scan.bytes.length < 3 && source.size > scan.offset + scan.bytes.length) continue;
    skipByteOrderMark(scan);
    yield* batchesOf(scan, false);
    passOver(scan);
  }
  yield* batchesOf(scan, true);
  passOver(scan);
  if (scan.mode === 'quoted') yield { fault: 'open quote', row: scan.row };
  else if (scan.isTooLong) yield longFault(scan);
  else if (scan.start < scan.bytes.length) yield { ...batch(scan, { end: scan.bytes.length, lineEnd: '\n' }), ended: false };
}

function newScan({ separator, maxRecordLength, from = { offset: 0, row: 1 } }: ScanOptions): Scan {
  const bytes = new Uint8Array(0);
  return { separator: separator.charCodeAt(0), maxRecordLength, bytes, ...from, start: 0, at: 0, mode: 'cell start', quoteAt: -1, returnAt: -1, odd: false, isTooLong: false };
}

/** Lets go of the bytes of a record that has become too long; it is scanned on for its end. */
function passOver(scan: Scan): void {
  scan.isTooLong ||= scan.bytes.length - scan.start > scan.maxRecordLength;
  if (scan.isTooLong) scan.start = scan.at;
}

/** Text behind a closing quote shows that the quote was left open further up. */
function longFault({ odd, row }: Scan): ScanFault {
  return { fault: odd ? 'odd quote' : 'too long', row };
}

/** Goes on with what is left of the bytes, and what came behind them. */
function takeOver(scan: Scan, { bytes, offset }: SlidingBytes): void {
  // A buffer is searched by words, and any other array by bytes.
  scan.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  scan.offset = offset;
  scan.at -= scan.start;
  scan.start = 0;
  scan.quoteAt = -1;
  scan.returnAt = -1;
}

function skipByteOrderMark(scan: Scan): void {
  const [first, second, third] = scan.bytes;
  if (scan.offset > 0 || scan.at > 0 || first !== 0xef || second !== 0xbb || third !== 0xbf) return;
  scan.start = 3;
  scan.at = 3;
}

/** The records that end within the bytes at hand, in as few batches as possible. */
function* batchesOf(scan: Scan, isLast: boolean): Generator<RecordBatch | ScanFault> {
  let open: { start: number; ends: number[]; row: number; lineEnd: RecordBatch['lineEnd'] } | null = null;
  const close = (): RecordBatch[] => {
    if (open === null) return [];
    const { start, ends, row: firstRow, lineEnd } = open;
    const bytes = scan.bytes.subarray(start, start + (ends.at(-1) ?? 0));
    open = null;
    return [{ bytes, offset: scan.offset + start, firstRow, count: ends.length, ends: Uint32Array.from(ends), lineEnd, odd: false, ended: true }];
  };
  for (;;) {
    const found = recordEnd(scan, isLast);
    if (found === null) break;
    scan.isTooLong ||= found.end - scan.start > scan.maxRecordLength;
    if (scan.isTooLong || scan.odd || open?.lineEnd !== found.lineEnd || open.ends.length === batchRecords) yield* close();
    if (scan.isTooLong) yield longFault(scan);
    else if (scan.odd) yield batch(scan, found);
    else {
      open ??= { start: scan.start, ends: [], row: scan.row, lineEnd: found.lineEnd };
      open.ends.push(found.end - open.start);
    }
    scan.start = scan.at = found.end;
    scan.mode = 'cell start';
    scan.odd = false;
    scan.isTooLong = false;
    scan.row++;
  }
  yield* close();
}

interface RecordEnd {
  readonly end: number;
  readonly lineEnd: RecordBatch['lineEnd'];
}

function batch(scan: Scan, { end, lineEnd }: RecordEnd): RecordBatch {
  const bytes = scan.bytes.subarray(scan.start, end);
  const place = { offset: scan.offset + scan.start, firstRow: scan.row, count: 1, ends: Uint32Array.of(bytes.length) };
  return { ...place, bytes, lineEnd, odd: scan.odd, ended: true };
}

function recordEnd(scan: Scan, isLast: boolean): RecordEnd | null {
  const at = findLineEnd(scan);
  if (at === -1) return null;
  if (scan.bytes[at] === lineFeed) return { end: at + 1, lineEnd: '\n' };
  if (at + 1 < scan.bytes.length) {
    return scan.bytes[at + 1] === lineFeed ? { end: at + 2, lineEnd: '\r\n' } : { end: at + 1, lineEnd: '\r' };
  }
  return isLast ? { end: at + 1, lineEnd: '\r' } : null;
}

/** The next line end outside quotes; -1 when there is none in the bytes at hand. */
function findLineEnd(scan: Scan): number {
  const found = scan.at === scan.start && scan.mode === 'cell start' ? findPlainLineEnd(scan) : -1;
  return found === -1 ? scanForLineEnd(scan) : found;
}

/**
 * The end of a record whose quotes are all in order, as those of nearly all are, found without looking at each byte; -1 when it
 * is not such a one or ends beyond the bytes at hand.
 */
function findPlainLineEnd(scan: Scan): number {
  const { bytes, start } = scan;
  let from = start;
  let newline = -1;
  for (;;) {
    if (newline < from) newline = bytes.indexOf(lineFeed, from);
    if (newline === -1) return -1;
    if (scan.quoteAt < from) scan.quoteAt = placeOf(bytes, quote, from);
    if (scan.returnAt < from) scan.returnAt = placeOf(bytes, carriageReturn, from);
    const found = Math.min(newline, scan.returnAt);
    if (found < scan.quoteAt) {
      scan.at = found;
      return found;
    }
    from = behindQuote(scan);
    if (from === -1) return -1;
  }
}

/** Where the scan goes on behind the next quote: behind its closing one if it opens a cell, and then -1 when a cell does not end there. */
function behindQuote({ bytes, separator, start, quoteAt }: Scan): number {
  if (quoteAt > start && bytes[quoteAt - 1] !== separator) return quoteAt + 1;
  let closing = bytes.indexOf(quote, quoteAt + 1);
  while (closing !== -1 && bytes[closing + 1] === quote) closing = bytes.indexOf(quote, closing + 2);
  const next = closing === -1 ? undefined : bytes[closing + 1];
  return next === separator || next === lineFeed || next === carriageReturn ? closing + 1 : -1;
}

function placeOf(bytes: Uint8Array, byte: number, from: number): number {
  const at = bytes.indexOf(byte, from);
  return at === -1 ? bytes.length : at;
}

/** Moves on from where the scan stands to the next line end outside quotes. */
function scanForLineEnd(scan: Scan): number {
  const { bytes, separator } = scan;
  let { at, mode } = scan;
  let found = -1;
  while (at < bytes.length) {
    if (mode === 'quoted') {
      const next = bytes.indexOf(quote, at);
      if (next === -1) at = bytes.length;
      else {
        at = next + 1;
        mode = 'after quote';
      }
      continue;
    }
    const byte = bytes[at];
    if (byte === lineFeed || byte === carriageReturn) {
      found = at;
      break;
    }
    if (byte === separator) mode = 'cell start';
    else if (byte === quote && mode !== 'plain') mode = 'quoted';
    else {
      if (mode === 'after quote') scan.odd = true;
      mode = 'plain';
    }
    at++;
  }
  scan.at = at;
  scan.mode = mode;
  return found;
}
