import type { AnyField, SheetKind } from './columns.ts';

/** What the header row says about one column. */
export interface HeaderColumn {
  /** Position, counted from 0. */
  readonly position: number;
  /** The header as written, trimmed and in Unicode NFC. */
  readonly name: string;
  /** The field of the contract that it names; `null` for an attribute. */
  readonly field: AnyField | null;
}

/** A sheet (or a whole CSV file) whose header row was understood. */
export interface SheetHeader {
  readonly kind: SheetKind;
  /** Name of the sheet; `null` for a CSV file. */
  readonly sheet: string | null;
  readonly columns: readonly HeaderColumn[];
  /** What a faulty header row leaves open; left out when it leaves nothing open. */
  readonly inDoubt?: HeaderDoubt;
}

/**
 * What a faulty header row leaves open, so that the rows below it can be judged by all the rest. What stands in such a column
 * is neither a value nor an attribute, and nothing is concluded from its absence.
 */
export interface HeaderDoubt {
  /** Fields of the contract of which nobody can say in which column they stand. */
  readonly fields: readonly AnyField[];
  /** Columns that have a header and may be anything; they are not among the columns of the sheet. */
  readonly columns: readonly Omit<HeaderColumn, 'field'>[];
}

/** True when nobody can say in which column of the sheet the field stands. */
export function isInDoubt({ inDoubt }: SheetHeader, field: AnyField): boolean {
  return inDoubt !== undefined && inDoubt.fields.includes(field);
}

/** One data row as it stands in the file: text only, nothing proved. */
export interface RawRow {
  /** Row number as the spreadsheet shows it; the header is row 1. */
  readonly row: number;
  /**
   * One text for each cell of the row, by position; missing cells at the end may be left out. An empty cell is ''. A row
   * may have more cells than the header.
   */
  readonly cells: readonly string[];
  /** Positions of cells that may not hold what was typed, as long numbers and dates do not; left out when there are none. */
  readonly damaged?: readonly number[];
  /** A hash of all that was read of the row, 128 bits in hexadecimal; left out where the row has none. */
  readonly hash?: string;
}
