import { issue, type RawRow } from '@rosterport/domain';

import type { ByteSource } from '../byte-source.ts';
import { headRows, type FormatReader, type Opening, type ReadOptions, type TableEvent, type TableHead } from '../format-reader.ts';
import { chooseSheets, type ChosenSheet } from '../sheet-choice.ts';
import { findingOf } from '../unreadable.ts';
import { compoundContent } from '../xls/compound-content.ts';
import { isCompoundFile } from '../xls/compound-file.ts';
import { openArchive, type Archive } from './archive.ts';
import { isWorkbookArchive } from './archive-content.ts';
import { fillSharedStrings, readSharedStrings, type SharedStringsOptions } from './shared-strings.ts';
import { sheetRows, type SheetOptions, type SheetRow } from './sheet-rows.ts';
import { TextStore } from './text-store.ts';
import { readWorkbook, type Workbook, type WorkbookSheet } from './workbook.ts';

interface XlsxLayout {
  /** The part of each table. */
  readonly parts: readonly string[];
}

/** Workbooks of Office Open XML, both editions (ECMA-376). */
export const xlsxFormat: FormatReader = {
  format: 'xlsx',
  surplusIs: 'column',
  async recognise(start, source) {
    return (await isWorkbookArchive(start, source)) || (await isEncrypted(start, source));
  },
  async open(source, options): Promise<Opening> {
    try {
      const start = await source.read(0, Math.min(source.size, 512));
      if (isCompoundFile(start)) return { ok: false, issues: [issue('validateFileIsNotEncrypted')] };
      return await openWorkbook(source, options);
    } catch (error) {
      return { ok: false, issues: [findingOf(error)] };
    }
  },
  async *rows(source, layout, options) {
    try {
      yield* workbookRows(source, layout as XlsxLayout, options);
    } catch (error) {
      yield { kind: 'issue', issue: findingOf(error) };
    }
  },
};

/** With a password, a workbook is packed into another kind of container. */
async function isEncrypted(start: Uint8Array, source: ByteSource): Promise<boolean> {
  return (await compoundContent(start, source)) === 'an encrypted workbook';
}

async function openWorkbook(source: ByteSource, options: ReadOptions): Promise<Opening> {
  const archive = await openArchive(source, options.limits);
  const workbook = await readWorkbook(archive);
  const { chosen, issues } = chooseSheets(workbook.sheets);
  if (chosen.length === 0) return { ok: false, issues };
  const tables: TableHead[] = [];
  for (const choice of chosen) tables.push(await tableHead({ archive, workbook, choice }, options));
  const layout: XlsxLayout = { parts: chosen.map(({ sheet }) => sheet.part) };
  return { ok: true, tables, issues, layout };
}

interface HeadOf {
  readonly archive: Archive;
  readonly workbook: Workbook;
  readonly choice: ChosenSheet<WorkbookSheet>;
}

/** The first rows of a sheet, for which only the beginning of the shared texts is read as a rule. */
async function tableHead({ archive, workbook, choice }: HeadOf, options: ReadOptions): Promise<TableHead> {
  const { sheet, kind } = choice;
  const rows: SheetRow[] = [];
  for await (const batch of sheetRows(archive.read(sheet.part), sheetOptions(workbook, options.limits))) {
    rows.push(...batch.filter(({ row }) => row <= headRows).slice(0, headRows - rows.length));
    if (rows.length === headRows || batch.some(({ row }) => row > headRows)) break;
  }
  const numbers = rows.flatMap(({ cells }) => cells.filter((cell) => typeof cell === 'number'));
  const strings = await openStrings(archive, workbook, { ...options, count: Math.max(-1, ...numbers) + 1 });
  try {
    await fillSharedStrings(rows, strings);
  } finally {
    await strings.close();
  }
  return { sheet: sheet.name, kind, rows: rows.map(rawRow) };
}

async function* workbookRows(source: ByteSource, { parts }: XlsxLayout, options: ReadOptions): AsyncGenerator<TableEvent> {
  const archive = await openArchive(source, options.limits);
  const workbook = await readWorkbook(archive);
  const strings = await openStrings(archive, workbook, options);
  const reading = sheetOptions(workbook, options.limits);
  try {
    for (const [table, part] of parts.entries()) {
      for await (const rows of sheetRows(archive.read(part), reading)) {
        await fillSharedStrings(rows, strings);
        const below = rows.filter(({ row }) => row > 1);
        if (below.length > 0) yield { kind: 'rows', table, rows: below.map(rawRow) };
      }
    }
  } finally {
    await strings.close();
  }
}

function openStrings(archive: Archive, { strings }: Workbook, options: SharedStringsOptions): Promise<TextStore> {
  if (options.count === 0 || strings === null || !archive.has(strings)) return Promise.resolve(new TextStore(options));
  return readSharedStrings(archive.read(strings), options);
}

function sheetOptions({ formats, is1904 }: Workbook, limits: ReadOptions['limits']): SheetOptions {
  return { formats, is1904, limits, cellCount: { value: 0 } };
}

function rawRow(row: SheetRow): RawRow {
  // Every number was replaced by its text before.
  return row as RawRow;
}
