import { hasError, issue, type Issue, type SheetHeader } from '@rosterport/domain';

import { chunksOf, type ByteSource } from './byte-source.ts';
import { contentName } from './known-content.ts';
import type { Format, FormatReader, Opening, ReadOptions, TableEvent } from './format-reader.ts';
import { formats } from './formats.ts';
import { readHeader } from './headers/read-header.ts';
import { defaultLimits, type FormatLimits } from './limits.ts';
import type { Scratch } from './scratch.ts';
import { tableEvents } from './table-events.ts';
import { compoundContent } from './xls/compound-content.ts';
import { archiveContent, isArchive } from './xlsx/archive-content.ts';

/** What a caller may say about reading. */
export interface DetectOptions {
  /** Limits that differ from the defaults. */
  readonly limits?: Partial<FormatLimits> | undefined;
  /** Where to put what would fill the memory; without it such a file is refused. */
  readonly scratch?: Scratch | undefined;
}

/** What it takes to read the rows of a file. Plain data: it can be sent to another thread or kept. */
export interface ReadableTables {
  readonly format: Format;
  /** The tables of the file, at least one; `null` for one without a header row, so that its rows cannot be judged. */
  readonly headers: readonly (SheetHeader | null)[];
  /** The number of each header row; rows above it are none of the table's. */
  readonly headerRows: readonly number[];
  /** What the format's reader wants to know again when it reads the rows. */
  readonly layout: unknown;
  /** How many cells the header row of each table has, the empty ones included. */
  readonly widths: readonly number[];
}

/** A file whose format and header rows are understood. */
export interface DetectedFile extends ReadableTables {
  readonly ok: true;
  readonly headers: readonly SheetHeader[];
  /** Warnings about the file that are known already. */
  readonly issues: readonly Issue[];
}

/** A file that is refused as a whole, with everything that is known to be wrong with it. */
export interface RefusedFile {
  readonly ok: false;
  /** `null` when the content is of no format that is read. */
  readonly format: Format | null;
  readonly issues: readonly Issue[];
  /** Its tables, where some of them can be read all the same, for what their rows say; `null` where none can. */
  readonly readable: ReadableTables | null;
}

/** What a file is. */
export type Detected = DetectedFile | RefusedFile;

/**
 * Tells the format of a file by its content, never by its name, and reads its header rows. Rejects only when the source
 * does.
 */
export async function detect(source: ByteSource, options: DetectOptions = {}): Promise<Detected> {
  const start = await source.read(0, Math.min(source.size, 64 * 1024));
  if (await isBlank(source)) return { ok: false, format: null, issues: [issue('validateFileIsNotEmpty')], readable: null };
  for (const reader of formats) {
    if (await reader.recognise(start, source)) return detectTables(reader, source, readOptions(options));
  }
  const found = isArchive(start) ? await archiveContent(start, source) : ((await compoundContent(start, source)) ?? contentName(start));
  return { ok: false, format: null, issues: [issue('validateFileFormat', { found })], readable: null };
}

/** The limits and the scratch to read with. */
export function readOptions({ limits, scratch }: DetectOptions): ReadOptions {
  return { limits: { ...defaultLimits, ...limits }, scratch };
}

async function detectTables(reader: FormatReader, source: ByteSource, options: ReadOptions): Promise<Detected> {
  const { format } = reader;
  const opening = await reader.open(source, options);
  if (!opening.ok) return { ok: false, format, issues: opening.issues, readable: null };
  const readings = opening.tables.map(readHeader);
  const headers = readings.map(({ header }) => header);
  const issues = [...opening.issues, ...readings.flatMap((reading) => reading.issues)];
  const headerRows = readings.map(({ row }) => row);
  const tables = { format, headerRows, layout: opening.layout, widths: widthsOf(opening, headerRows) };
  if (!hasError(issues)) return { ok: true, ...tables, headers: headers.filter((header) => header !== null), issues };
  const later = await laterIssues(reader.rows(source, opening.layout, options), { ...tables, headers });
  const readable = headers.every((header) => header === null) ? null : { ...tables, headers };
  return { ok: false, format, issues: [...issues, ...later], readable };
}

function widthsOf({ tables }: Extract<Opening, { ok: true }>, headerRows: readonly number[]): number[] {
  return tables.map(({ rows }, index) => rows.find(({ row }) => row === headerRows[index])?.cells.length ?? 0);
}

/** Reads a file that is refused already to its end, so that its sender learns of everything at once. */
async function laterIssues(events: AsyncIterable<TableEvent>, tables: ReadableTables): Promise<Issue[]> {
  const issues: Issue[] = [];
  for await (const event of tableEvents(events, tables)) {
    if (event.kind === 'issue') issues.push(event.issue);
  }
  return issues;
}

async function isBlank(source: ByteSource): Promise<boolean> {
  for await (const chunk of chunksOf(source, { chunkBytes: 64 * 1024 })) {
    if (!chunk.every((byte) => byte === 0x20 || (byte >= 9 && byte <= 13) || isByteOrderMark(byte))) return false;
  }
  return true;
}

function isByteOrderMark(byte: number): boolean {
  return byte === 0xef || byte === 0xbb || byte === 0xbf;
}
