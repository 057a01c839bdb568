import type { CellFormat } from '../cells/cell-format.ts';
import type { FormatLimits } from '../limits.ts';

/** A row of a sheet; a number stands for the shared text of that number. */
export interface SheetRow {
  readonly row: number;
  readonly cells: (string | number)[];
  readonly damaged?: readonly number[];
  readonly numbers?: readonly number[];
  readonly unsolved?: readonly number[];
}

/** How to read a sheet. */
export interface SheetOptions {
  readonly formats: readonly CellFormat[];
  readonly is1904: boolean;
  readonly limits: FormatLimits;
  /** Cells that were read of the workbook so far; shared by its sheets. */
  readonly cellCount: { value: number };
  /** Is told the range of each merging of cells, as in `B2:B4`, after the rows. */
  readonly onMerged?: ((range: string) => void) | undefined;
}
