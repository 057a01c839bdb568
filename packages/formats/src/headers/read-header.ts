import { issue, type Issue, type SheetHeader, type SheetKind } from '@rosterport/domain';

import type { TableHead } from '../format-reader.ts';
import { columnIssues } from './column-issues.ts';
import { bestScore, isUnderstood, matchHeaders, scoreHeader } from './header-match.ts';

/** As many as a sheet has. */
const mostColumns = 16_384;

/** What the first row of a table says; the header is `null` when that row is none. */
export interface HeaderReading {
  readonly header: SheetHeader | null;
  readonly issues: readonly Issue[];
}

/** Reads the header row of a table, which must be row 1, and lists everything that is wrong with it. */
export function readHeader(table: TableHead): HeaderReading {
  const cells = table.rows.find(({ row }) => row === 1)?.cells ?? [];
  const score = table.kind === null ? bestScore(cells) : scoreHeader(cells, table.kind);
  if (!isUnderstood(score) || cells.length > mostColumns) {
    const expected = whyNoHeader(table, cells);
    return { header: null, issues: [issue('validateHeaderRow', { sheet: table.sheet, row: 1, expected })] };
  }
  const matches = matchHeaders(cells, score.kind);
  const columns = matches.map(({ position, name, column }) => ({ position, name, field: column?.field ?? null }));
  return {
    header: { kind: score.kind, sheet: table.sheet, columns },
    issues: columnIssues(matches, { kind: score.kind, sheet: table.sheet }),
  };
}

function whyNoHeader(table: TableHead, cells: readonly string[]): string {
  if (cells.length > mostColumns) return `it has more than ${mostColumns} columns`;
  const later = table.rows.find(({ row, cells: found }) => row > 1 && isClearHeader(found, table.kind));
  if (later !== undefined) return `the header row was found in row ${later.row}`;
  const other = bestScore(cells);
  if (table.kind !== null && isUnderstood(other)) {
    return `the sheet is named after ${table.kind}, but its first row is a header row of ${other.kind}`;
  }
  return 'none of its cells is the name of a mandatory column, such as EmployeeID or OrgUnitID';
}

function isClearHeader(cells: readonly string[], kind: SheetKind | null): boolean {
  return (kind === null ? bestScore(cells) : scoreHeader(cells, kind)).mandatory >= 2;
}
