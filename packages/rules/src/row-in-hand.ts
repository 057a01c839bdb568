import { issue, type HeaderColumn, type Issue, type IssueCode, type RawRow } from '@rosterport/domain';
import { refusedCell, type Cell } from './cell.ts';
import { showable } from './storable-text.ts';

/** A record while the rules fill it in. */
export type Draft<RecordType> = { -readonly [Key in keyof RecordType]: RecordType[Key] };

/** A row on its way through the rules of its sheet. */
export interface RowInHand<DraftType> {
  /** Name of the sheet; `null` for a CSV file. */
  readonly sheet: string | null;
  readonly raw: RawRow;
  /** The clean cells by position, up to the last that has a column. */
  readonly cells: Cell[];
  /** True when all cells are ordinary: none is an error of a spreadsheet, and no character of them is to be removed or refused. */
  readonly isOrdinary: boolean;
  readonly draft: DraftType;
  readonly issues: Issue[];
}

/** What a rule has found in a cell or, without a column, in the row as a whole. */
export interface Finding {
  readonly code: IssueCode;
  readonly column?: HeaderColumn;
  /** Instead of the cell's text; needed when there is no column. */
  readonly found?: string;
  readonly expected?: string;
}

/** Adds a finding to the row; the cell stays as it is. */
export function report(row: RowInHand<unknown>, finding: Finding): void {
  const { code, column, expected } = finding;
  const found = finding.found ?? (column === undefined ? null : textAt(row, column));
  row.issues.push(
    issue(code, {
      sheet: row.sheet,
      row: row.raw.row,
      column: column?.name ?? null,
      found: found === null ? null : showable(found),
      expected: expected ?? null,
    }),
  );
}

/** Adds a finding and takes its cell out of the hands of the rules that follow. */
export function refuse(row: RowInHand<unknown>, finding: Finding & { readonly column: HeaderColumn }): void {
  report(row, finding);
  row.cells[finding.column.position] = refusedCell;
}

/** The cell's text as the file has it but for the spaces around it; `null` when it is empty. */
function textAt(row: RowInHand<unknown>, column: HeaderColumn): string | null {
  const text = row.raw.cells[column.position]?.trim() ?? '';
  return text === '' ? null : text;
}
