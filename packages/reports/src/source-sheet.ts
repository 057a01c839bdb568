import type { Job, ReportRow, SheetHeader } from '@rosterport/domain';
import type { Row, Worksheet } from 'exceljs';
import type { AnnotatedRow } from './annotated-rows.ts';
import {
  faultyCellStyles,
  headerStyle,
  rowCellStyles,
  rowNumberStyles,
  rowReasonStyles,
  type RowTone,
} from './cell-styles.ts';
import { cellValue } from './cell-value.ts';
import { resultWords } from './change-words.ts';
import { faultyCells } from './faulty-cells.ts';

const ownColumns = [
  { name: 'Row', width: 8 },
  { name: 'Result', width: 20 },
  { name: 'Reasons', width: 70 },
] as const;

/** Width of a column of the file, in characters. */
const columnWidth = 20;

/** How many cells of a file's row find room beside ours; a sheet has 16,384 columns. */
const mostCells = 16_384 - ownColumns.length;

/** Begins a sheet of the annotated workbook: our three columns, then those of the file. */
export function beginSourceSheet(sheet: Worksheet, header: SheetHeader | null): void {
  const names = [...ownColumns.map(({ name }) => name), ...headerCells(header)];
  sheet.columns = names.map((_, position) => ({ width: ownColumns[position]?.width ?? columnWidth }));
  const row = sheet.addRow(names.map(cellValue));
  row.eachCell({ includeEmpty: true }, (cell) => {
    cell.style = headerStyle;
  });
  row.commit();
}

/** The headers of the file, each in its place. Where no header is known, there is one column for the external id. */
function headerCells(header: SheetHeader | null): readonly string[] {
  if (header === null) return ['External id'];
  const columns = header.columns.filter(({ position }) => position < mostCells);
  const names = new Map(columns.map(({ position, name }) => [position, name]));
  return Array.from({ length: Math.max(-1, ...names.keys()) + 1 }, (_, position) => names.get(position) ?? '');
}

/** Writes a data row with its verdict beside it, coloured by the verdict. */
export function writeSourceRow(sheet: Worksheet, annotated: AnnotatedRow, job: Pick<Job, 'state'>): void {
  const { report, raw, header } = annotated;
  const reasons = report?.issues.map(({ message }) => message).join('\n') ?? '';
  const cells = raw?.cells.slice(0, mostCells) ?? idCells(annotated);
  const texts = [report === null ? '' : resultWords(job, report.result), reasons, ...cells];
  const row = sheet.addRow([annotated.row, ...texts.map(cellValue)]);
  styleRow(row, toneOf(report));
  if (report !== null && raw !== null && header !== null) {
    for (const [position, severity] of faultyCells(header, raw, report.issues)) {
      if (position < mostCells) row.getCell(ownColumns.length + 1 + position).style = faultyCellStyles[severity];
    }
  }
  row.commit();
}

/** The cells of a row that could not be read: its external id in the column where it belongs. */
function idCells({ header, report }: AnnotatedRow): readonly string[] {
  const id = report?.externalId ?? '';
  if (header === null) return [id];
  const position = header.columns.find(({ field }) => field === 'externalId' || field === 'orgUnitId')?.position ?? 0;
  return [...Array.from({ length: position }, () => ''), id];
}

function styleRow(row: Row, tone: RowTone): void {
  row.eachCell({ includeEmpty: true }, (cell, column) => {
    if (column === 1) cell.style = rowNumberStyles[tone];
    else if (column <= ownColumns.length) cell.style = rowReasonStyles[tone];
    else cell.style = rowCellStyles[tone];
  });
}

function toneOf(report: ReportRow | null): RowTone {
  if (report === null) return 'plain';
  if (report.result === 'rejected') return 'rejected';
  return report.issues.length > 0 ? 'warning' : 'plain';
}

/** Ends a sheet: a filter over all of its rows. `rows` counts the header too. */
export function endSourceSheet(sheet: Worksheet, rows: number): void {
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: rows, column: sheet.columns.length } };
  sheet.commit();
}

/** The header stays in sight, and so do our own columns. */
export const sourceViews = [{ state: 'frozen', xSplit: ownColumns.length, ySplit: 1 }] as const;
