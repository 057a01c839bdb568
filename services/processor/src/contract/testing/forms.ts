import { toCsv, toXlsBySheetjs, toXlsxByExceljs, toXlsxBySheetjs, type Table } from '@rosterport/fixtures';
import type { Dialect } from './dialects.ts';
import type { Rows } from './words.ts';

/** A file format and what writes it. */
export interface Writer {
  readonly format: string;
  write(tables: readonly Table[]): Promise<Uint8Array>;
}

const csvWriter = (separator: ';' | '|'): Writer => ({
  format: `CSV with ${separator}`,
  write: ([table]) => Promise.resolve(Buffer.from(table === undefined ? '' : toCsv(table, { separator }))),
});
const semicolons = csvWriter(';');
const pipes = csvWriter('|');
const xlsx: Writer = { format: '.xlsx', write: (tables) => Promise.resolve(toXlsxBySheetjs(tables)) };
/** Puts the sheet of users first: groups are applied first all the same. */
const exceljs: Writer = { format: '.xlsx', write: (tables) => toXlsxByExceljs(tables.toReversed()) };
const xls: Writer = { format: '.xls', write: (tables) => Promise.resolve(toXlsBySheetjs(tables)) };

/** A way to write the same rows: a format, and a dialect for the headers of users. */
export interface Form {
  readonly writer: Writer;
  readonly dialect: Dialect;
}

/** How a form is called in the name of a test. */
export function formName({ writer, dialect }: Form): string {
  return `${writer.format}, ${dialect} headers`;
}

/** All forms of rows of one kind: first every format in both dialects. Old workbooks, which are slow to read, come up least. */
export const everyForm: readonly Form[] = [
  { writer: semicolons, dialect: 'csv' },
  { writer: pipes, dialect: 'excel' },
  { writer: xlsx, dialect: 'csv' },
  { writer: xls, dialect: 'excel' },
  { writer: semicolons, dialect: 'excel' },
  { writer: pipes, dialect: 'csv' },
  { writer: exceljs, dialect: 'excel' },
  { writer: xls, dialect: 'csv' },
  { writer: semicolons, dialect: 'mixed' },
  { writer: exceljs, dialect: 'csv' },
  { writer: pipes, dialect: 'mixed' },
  { writer: xlsx, dialect: 'excel' },
  { writer: exceljs, dialect: 'mixed' },
  { writer: xls, dialect: 'mixed' },
  { writer: xlsx, dialect: 'mixed' },
];

/** The forms that a chapter must use: every format in both dialects. */
export const leastForms = everyForm.slice(0, 8);

/** All forms of rows of both kinds, which only a workbook holds. */
export const workbookForms: readonly Form[] = [
  { writer: xlsx, dialect: 'excel' },
  { writer: exceljs, dialect: 'csv' },
  { writer: xls, dialect: 'mixed' },
  { writer: xlsx, dialect: 'mixed' },
  { writer: exceljs, dialect: 'excel' },
  { writer: xlsx, dialect: 'csv' },
  { writer: exceljs, dialect: 'mixed' },
];

/** The form of the rows that is written and read the fastest, for what is not what a case is about. */
export function plainFormOf({ users, groups }: Rows): Form {
  return users !== undefined && groups !== undefined ? { writer: xlsx, dialect: 'excel' } : { writer: semicolons, dialect: 'csv' };
}
