import { isUtf8 } from 'node:buffer';

import { issue, type RawRow } from '@rosterport/domain';

import { bytesOf, type ByteSource } from '../byte-source.ts';
import type { ReadOptions, TableEvent } from '../format-reader.ts';
import type { CsvLayout } from './open-csv.ts';
import { batchRuns, type BatchRun } from './batch-runs.ts';
import { batchesFrom, type RecordsAhead } from './records-ahead.ts';
import { recordBatches, type RecordBatch, type ScanFault } from './record-scanner.ts';
import { firstWrongByte, narrowEncoding } from './text-encoding.ts';

interface Reading {
  readonly source: ByteSource;
  readonly options: ReadOptions;
  readonly separator: string;
  /** Cells of the header row, but for empty ones at its end. */
  width: number;
  /** True while every data row but the last one has had a cell for each header. */
  othersAreFull: boolean;
  lastIsFull: boolean;
  /** True when rows were passed over, so that nobody knows how many cells they have. */
  hasKnown: boolean;
  encodingIsWrong: boolean;
  dataRows: number;
}

/** The records below the header as rows, and what is wrong with the file as a whole. */
export async function* csvRows(
  source: ByteSource,
  { separator }: CsvLayout,
  options: ReadOptions,
): AsyncGenerator<TableEvent> {
  const reading = newReading(source, separator, options);
  const { maxRecordLength } = options.limits;
  const ahead = options.sieve?.ahead as RecordsAhead | undefined;
  // Of these there is nothing else to tell, and one generator less on the way of each run is worth while.
  if (ahead !== undefined) for await (const batch of batchesFrom(ahead, source)) for (const event of runsOf(batch, reading)) yield event;
  for await (const batch of recordBatches(source, { separator, maxRecordLength, from: ahead?.end })) {
    if ('fault' in batch) yield faultIssue(batch, maxRecordLength);
    else yield* batchEvents(batch, reading);
  }
}

function newReading(source: ByteSource, separator: string, options: ReadOptions): Reading {
  const nothingSeen = { width: 0, othersAreFull: true, lastIsFull: true, hasKnown: false, encodingIsWrong: false, dataRows: 0 };
  return { source, options, separator, ...nothingSeen };
}

async function* batchEvents(batch: RecordBatch, reading: Reading): AsyncGenerator<TableEvent> {
  const isFirstWrong = !reading.encodingIsWrong && batch.hashes === undefined && !isUtf8(batch.bytes);
  if (isFirstWrong) {
    yield await encodingIssue(batch, reading);
    reading.encodingIsWrong = true;
  }
  const runs = runsOf(batch, reading);
  // Only when it was read it is known whether the last row is whole.
  const events = batch.ended ? runs : [...runs];
  if (batch.odd && spansLines(batch)) yield oddQuote(batch.firstRow);
  if (!batch.ended && !isFirstWrong) yield* lastLineEvents(batch, reading);
  // Rows in a wrong encoding would show wrong names; the rest of the file is read for its other faults only.
  for (const event of events) if (!reading.encodingIsWrong) yield event;
}

function* runsOf(batch: RecordBatch, reading: Reading): Generator<TableEvent> {
  for (const run of batchRuns(batch, { separator: reading.separator, sieve: reading.options.sieve })) yield seen(run, reading);
}

/** Takes note of the rows, and leaves out the header row and blank ones. */
function seen(run: BatchRun, reading: Reading): TableEvent {
  if (run.kind === 'known') {
    reading.hasKnown = true;
    reading.dataRows += run.count;
    return { ...run, table: 0 };
  }
  const rows: RawRow[] = [];
  for (const raw of run.rows) {
    const { row, cells } = raw;
    if (row === 1) reading.width = cells.findLastIndex((cell) => cell.trim() !== '') + 1;
    if (row === 1 || (cells.length === 1 && cells[0]?.trim() === '')) continue;
    reading.othersAreFull &&= reading.lastIsFull;
    reading.lastIsFull = cells.length >= reading.width;
    reading.dataRows++;
    rows.push(raw);
  }
  return { kind: 'rows', table: 0, rows };
}

async function* lastLineEvents(batch: RecordBatch, reading: Reading): AsyncGenerator<TableEvent> {
  if (reading.dataRows === 0) return;
  if (!reading.lastIsFull && (await othersAreFull(reading))) {
    const expected = `its last row, row ${batch.firstRow}, has fewer cells than the header and no line end`;
    yield fileIssue('validateFileIsComplete', batch.firstRow, expected);
  } else {
    yield { kind: 'issue', issue: issue('validateFinalLineEnd', { row: batch.firstRow }) };
  }
}

/** Where rows were passed over, and only then, it takes reading the file again to know. */
async function othersAreFull(reading: Reading): Promise<boolean> {
  if (!reading.hasKnown || !reading.othersAreFull) return reading.othersAreFull;
  const { source, separator, options } = reading;
  const again = newReading(source, separator, { ...options, sieve: undefined });
  for await (const batch of recordBatches(source, { separator, maxRecordLength: options.limits.maxRecordLength })) {
    if (!('fault' in batch)) for (const run of batchRuns(batch, { separator, sieve: undefined })) seen(run, again);
  }
  return again.othersAreFull;
}

function spansLines({ bytes, lineEnd, ended }: RecordBatch): boolean {
  const body = bytes.subarray(0, bytes.length - (ended ? lineEnd.length : 0));
  return body.includes(0x0a) || body.includes(0x0d);
}

async function encodingIssue(batch: RecordBatch, { separator }: Reading): Promise<TableEvent> {
  const wrong = firstWrongByte(batch.bytes) ?? { at: 0, cut: false };
  let row = batch.firstRow;
  const before = bytesOf(batch.bytes.subarray(0, wrong.at));
  for await (const records of recordBatches(before, { separator, maxRecordLength: batch.bytes.length })) {
    if (!('fault' in records) && records.ended) row += records.count;
  }
  if (wrong.cut && !batch.ended) return fileIssue('validateFileIsComplete', row, `it ends within a character of row ${row}`);
  const guess = narrowEncoding(batch.bytes[wrong.at] ?? 0);
  return fileIssue('validateEncoding', row, `byte ${batch.offset + wrong.at} (row ${row}) is not UTF-8 but probably ${guess}`);
}

function faultIssue({ fault, row }: ScanFault, maxRecordLength: number): TableEvent {
  switch (fault) {
    case 'open quote':
      return fileIssue('validateFileIsComplete', row, `a quote opened in row ${row} is never closed`);
    case 'odd quote':
      return oddQuote(row);
    case 'too long':
      return fileIssue('validateWorkbookLimits', row, `row ${row} is longer than the ${maxRecordLength} bytes that a row may have; probably a quote in it is not closed`);
  }
}

function oddQuote(row: number): TableEvent {
  return fileIssue('validateFileIsComplete', row, `a quote opened in row ${row} is not closed at the end of its cell`);
}

function fileIssue(code: 'validateFileIsComplete' | 'validateEncoding' | 'validateWorkbookLimits', row: number, expected: string): TableEvent {
  return { kind: 'issue', issue: issue(code, { row, expected }) };
}
