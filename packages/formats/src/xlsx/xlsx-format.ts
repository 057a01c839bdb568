import { issue, type Issue } from '@rosterport/domain';

import type { ByteSource } from '../byte-source.ts';
import { headRows, type FormatReader, type Opening, type ReadOptions, type ReadRow, type TableEvent } from '../format-reader.ts';
import { MergedCells } from '../merged-cells.ts';
import { chooseSheets, openingOf, type ChosenSheet, type SheetHead, type SheetLayout } from '../sheet-choice.ts';
import { findingOf } from '../unreadable.ts';
import { compoundContent } from '../xls/compound-content.ts';
import { isCompoundFile } from '../xls/compound-file.ts';
import { openArchive, type Archive } from './archive.ts';
import { isWorkbookArchive } from './archive-content.ts';
import { fillSharedStrings, readSharedStrings, type SharedStringsOptions } from './shared-strings.ts';
import type { SheetOptions, SheetRow } from './sheet-row.ts';
import { sheetRows } from './sheet-rows.ts';
import { TextStore } from './text-store.ts';
import { readWorkbook, type Workbook, type WorkbookSheet } from './workbook.ts';

/** Workbooks of Office Open XML, both editions (ECMA-376). */
export const xlsxFormat: FormatReader = {
  format: 'xlsx',
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
      yield* workbookRows(source, layout as SheetLayout<string>, options);
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
  const heads: SheetHead<string>[] = [];
  const unreadable: Issue[] = [];
  for (const choice of chosen) {
    try {
      heads.push(await sheetHead({ archive, workbook, choice }, options));
    } catch (error) {
      unreadable.push(findingOf(error));
    }
  }
  return openingOf(heads, unreadable);
}

interface HeadOf {
  readonly archive: Archive;
  readonly workbook: Workbook;
  readonly choice: ChosenSheet<WorkbookSheet>;
}

/** The first rows of a sheet, for which only the beginning of the shared texts is read as a rule. */
async function sheetHead({ archive, workbook, choice }: HeadOf, options: ReadOptions): Promise<SheetHead<string>> {
  const { sheet, kind } = choice;
  const rows: SheetRow[] = [];
  let isEmpty = true;
  for await (const batch of sheetRows(archive.read(sheet.part), sheetOptions(workbook, options.limits))) {
    isEmpty = false;
    rows.push(...batch.filter(({ row }) => row <= headRows).slice(0, headRows - rows.length));
    if (rows.length === headRows || batch.some(({ row }) => row > headRows)) break;
  }
  let count = 0;
  for (const cell of rows.flatMap(({ cells }) => cells)) if (typeof cell === 'number') count = Math.max(count, cell + 1);
  const strings = await openStrings(archive, workbook, { ...options, count });
  try {
    await fillSharedStrings(rows, strings);
  } finally {
    await strings.close();
  }
  return { sheet: sheet.name, kind, rows: rawRows(rows), key: sheet.part, isEmpty };
}

async function* workbookRows(source: ByteSource, { sheets }: SheetLayout<string>, options: ReadOptions): AsyncGenerator<TableEvent> {
  const archive = await openArchive(source, options.limits);
  const workbook = await readWorkbook(archive);
  const strings = await openStrings(archive, workbook, options);
  const reading = sheetOptions(workbook, options.limits);
  try {
    for (const [table, { key, name }] of sheets.entries()) {
      const merged = new MergedCells(name);
      const part = archive.read(key);
      try {
        for await (const rows of sheetRows(part, { ...reading, onMerged: (range) => merged.add(range) })) {
          await fillSharedStrings(rows, strings);
          const below = rows.filter(({ row }) => row > 1);
          if (below.length > 0) yield { kind: 'rows', table, rows: rawRows(below) };
        }
      } catch (error) {
        // The other sheets are read all the same, so that all findings come at once.
        yield { kind: 'issue', issue: findingOf(error) };
      }
      yield* merged.events();
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

function rawRows(rows: readonly SheetRow[]): readonly ReadRow[] {
  // Every number was replaced by its text before.
  return rows as readonly ReadRow[];
}
