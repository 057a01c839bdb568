import { toCsv, toXlsBySheetjs, toXlsxByExceljs, toXlsxBySheetjs, type Table } from '@rosterport/fixtures';
import { dialects, type Dialect } from './dialects.ts';
import type { Rows } from './words.ts';

/** A file format and what writes it. */
export interface Writer {
  readonly format: string;
  /** True when one file can hold users and groups. */
  readonly holdsBoth: boolean;
  write(tables: readonly Table[]): Promise<Uint8Array>;
}

const csvWriters: readonly Writer[] = ([';', '|'] as const).map((separator) => ({
  format: `CSV with ${separator}`,
  holdsBoth: false,
  write: ([table]) => Promise.resolve(Buffer.from(table === undefined ? '' : toCsv(table, { separator }))),
}));

const workbookWriters: readonly Writer[] = [
  { format: '.xlsx', holdsBoth: true, write: (tables) => Promise.resolve(toXlsxBySheetjs(tables)) },
  // The sheet of users first: groups are applied first all the same.
  { format: '.xlsx of exceljs', holdsBoth: true, write: (tables) => toXlsxByExceljs(tables.toReversed()) },
  { format: '.xls', holdsBoth: true, write: (tables) => Promise.resolve(toXlsBySheetjs(tables)) },
];

/** Every format with what writes it. */
export const writers: readonly Writer[] = [...csvWriters, ...workbookWriters];

/** A way to write the same rows: a format, and a dialect for the headers of users. */
export interface Form {
  readonly name: string;
  readonly writer: Writer;
  readonly dialect: Dialect;
}

function formsOf(some: readonly Writer[]): readonly Form[] {
  return Array.from({ length: some.length * dialects.length }, (_, index) => {
    const [place, round] = [index % some.length, Math.floor(index / some.length)];
    const writer = some[place];
    const dialect = dialects[(place + round) % dialects.length];
    if (writer === undefined || dialect === undefined) throw new RangeError('There is a writer and a dialect for every index.');
    return { name: `${writer.format}, ${dialect} headers`, writer, dialect };
  });
}

/** All forms of rows of one kind. */
export const everyForm = formsOf(writers);
/** All forms of rows of both kinds. */
export const workbookForms = formsOf(workbookWriters);

/** The form of the rows that is written and read the fastest, for what is not what a case is about. */
export function plainFormOf({ users, groups }: Rows): Form {
  const [form] = users !== undefined && groups !== undefined ? workbookForms : everyForm;
  if (form === undefined) throw new RangeError('There is a form for all rows.');
  return form;
}
