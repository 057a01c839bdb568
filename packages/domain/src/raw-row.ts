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
}
