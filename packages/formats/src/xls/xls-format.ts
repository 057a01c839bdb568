import type { ByteSource } from '../byte-source.ts';
import { formatOfCode, type CellFormat } from '../cells/cell-format.ts';
import { numberText } from '../cells/number-text.ts';
import { headRows, type FormatReader, type Opening, type ReadOptions, type ReadRow, type TableEvent } from '../format-reader.ts';
import { MergedCells } from '../merged-cells.ts';
import { chooseSheets, openingOf, sheetName, type SheetLayout } from '../sheet-choice.ts';
import { findingOf } from '../unreadable.ts';
import { compoundContent } from './compound-content.ts';
import { xlsAnswers, type XlsAnswer, type XlsCell, type XlsSheet } from './xls-process.ts';

/** Workbooks of Excel 5 to 2003 (MS-XLS). */
export const xlsFormat: FormatReader = {
  format: 'xls',
  async recognise(start, source) {
    return (await compoundContent(start, source)) === 'a workbook';
  },
  async open(source, options): Promise<Opening> {
    try {
      return await openXls(source, options);
    } catch (error) {
      return { ok: false, issues: [findingOf(error)] };
    }
  },
  async *rows(source, layout, options) {
    try {
      yield* xlsRows(source, layout as SheetLayout<number>, options);
    } catch (error) {
      yield { kind: 'issue', issue: findingOf(error) };
    }
  },
};

async function openXls(source: ByteSource, { limits }: ReadOptions): Promise<Opening> {
  const sheets: XlsSheet[] = [];
  const heads = new Map<number, ReadRow[]>();
  const writer = new CellWriter();
  for await (const answer of xlsAnswers({ source, limits, headRows, sheets: null })) {
    writer.learn(answer);
    if (answer.kind === 'sheets') sheets.push(...answer.sheets.filter(({ hasCells }) => hasCells).map((sheet) => ({ ...sheet, name: sheetName(sheet.name) })));
    else if (answer.kind === 'rows') heads.set(answer.index, answer.rows.map((row) => writer.row(row)).filter(hasValue));
  }
  const { chosen, issues } = chooseSheets(sheets);
  if (chosen.length === 0) return { ok: false, issues };
  return openingOf(
    chosen.map(({ sheet, kind }) => {
      const { name, index, isEmpty } = sheet;
      return { sheet: name, kind, rows: heads.get(index) ?? [], key: index, isEmpty };
    }),
    [],
  );
}

async function* xlsRows(source: ByteSource, { sheets }: SheetLayout<number>, { limits }: ReadOptions): AsyncGenerator<TableEvent> {
  const writer = new CellWriter();
  const indices = sheets.map(({ key }) => key);
  const merged = sheets.map(({ name }) => new MergedCells(name));
  for await (const answer of xlsAnswers({ source, limits, headRows: 0, sheets: indices })) {
    writer.learn(answer);
    if (answer.kind === 'sheets') addMerged(merged, answer.sheets, indices);
    if (answer.kind !== 'rows') continue;
    const rows = answer.rows.filter(({ row }) => row > 1).map((row) => writer.row(row));
    yield { kind: 'rows', table: indices.indexOf(answer.index), rows };
  }
  for (const cells of merged) yield* cells.events();
}

function addMerged(merged: readonly MergedCells[], sheets: readonly XlsSheet[], indices: readonly number[]): void {
  for (const sheet of sheets) {
    for (const range of sheet.merged) merged[indices.indexOf(sheet.index)]?.add(range);
  }
}

function hasValue({ cells }: ReadRow): boolean {
  return cells.some((cell) => cell !== '');
}

/** Writes the cells of a workbook as text, by the same rules as those of an .xlsx file. */
class CellWriter {
  #is1904 = false;
  readonly #formats = new Map<string, CellFormat>();

  /** Takes from the workbook's facts what writing needs. */
  learn(answer: XlsAnswer): void {
    if (answer.kind === 'sheets') this.#is1904 = answer.is1904;
  }

  row({ row, cells }: { readonly row: number; readonly cells: readonly XlsCell[] }): ReadRow {
    const damaged: number[] = [];
    const numbers: number[] = [];
    const texts = cells.map((cell, position) => {
      if (typeof cell === 'string') return cell;
      const format = this.#format(cell.code);
      const { text, isDamaged } = numberText(cell.number, format, this.#is1904);
      if (isDamaged) damaged.push(position);
      else if (format.kind === 'plain') numbers.push(position);
      return text;
    });
    while (texts.at(-1) === '') texts.pop();
    return {
      row,
      cells: texts,
      ...(damaged.length === 0 ? null : { damaged }),
      ...(numbers.length === 0 ? null : { numbers }),
    };
  }

  #format(code: string): CellFormat {
    const known = this.#formats.get(code);
    if (known !== undefined) return known;
    const format = formatOfCode(code);
    this.#formats.set(code, format);
    return format;
  }
}
