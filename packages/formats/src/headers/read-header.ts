import { issue, type Issue, type RawRow, type SheetHeader, type SheetKind } from '@rosterport/domain';

import type { TableHead } from '../format-reader.ts';
import { columnIssues } from './column-issues.ts';
import { bestScore, isUnderstood, matchHeaders, scoreHeader, type HeaderScore } from './header-match.ts';
import { judgedHeader } from './judged-header.ts';

/** As many as a sheet has. */
const mostColumns = 16_384;

/** What the header row of a table says. */
export interface HeaderReading {
  /** The header to judge the rows by; `null` when there is none. Where an issue is an error it may leave something open. */
  readonly header: SheetHeader | null;
  /** Number of the row in which it stands. */
  readonly row: number;
  readonly issues: readonly Issue[];
}

/**
 * Reads the header row of a table, which must be row 1, and lists everything that is wrong with it. A clear header row
 * further down is a fault, and is read all the same.
 */
export function readHeader(table: TableHead): HeaderReading {
  const cells = table.rows.find(({ row }) => row === 1)?.cells ?? [];
  if (isUnderstood(scoreIn(cells, table.kind)) && cells.length <= mostColumns) return readCells({ row: 1, cells }, table);
  const issues = [issue('validateHeaderRow', { sheet: table.sheet, row: 1, expected: whyNoHeader(table, cells) })];
  const later = cells.length > mostColumns ? undefined : laterHeader(table);
  if (later === undefined) return { header: null, row: 1, issues };
  const reading = readCells(later, table);
  return { ...reading, issues: [...issues, ...reading.issues] };
}

/** Reads cells that are known to be a header row; too many of them are none. */
export function readCells({ row, cells }: Pick<RawRow, 'row' | 'cells'>, { kind, sheet }: Pick<TableHead, 'kind' | 'sheet'>): HeaderReading {
  if (cells.length > mostColumns) return { header: null, row, issues: [] };
  const place = { kind: scoreIn(cells, kind).kind, sheet, row };
  const matches = matchHeaders(cells, place.kind);
  return { header: judgedHeader(matches, place), row, issues: columnIssues(matches, place) };
}

function scoreIn(cells: readonly string[], kind: SheetKind | null): HeaderScore {
  return kind === null ? bestScore(cells) : scoreHeader(cells, kind);
}

function laterHeader({ rows, kind }: TableHead): RawRow | undefined {
  return rows.find(({ row, cells }) => row > 1 && scoreIn(cells, kind).mandatory >= 2);
}

function whyNoHeader(table: TableHead, cells: readonly string[]): string {
  if (cells.length > mostColumns) return `it has more than ${mostColumns} columns`;
  const later = laterHeader(table);
  if (later !== undefined) return `the header row was found in row ${later.row}`;
  const other = bestScore(cells);
  if (table.kind !== null && isUnderstood(other)) {
    return `the sheet is named after ${table.kind}, but its first row is a header row of ${other.kind}`;
  }
  return 'none of its cells is the name of a mandatory column, such as EmployeeID or OrgUnitID';
}
