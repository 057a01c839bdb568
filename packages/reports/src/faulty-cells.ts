import type { RawRow, RowIssue, Severity, SheetHeader } from '@rosterport/domain';

/**
 * Positions of the cells that the findings point at, with the worst severity for each. Where a header stands in the file
 * more than once, only the cells that hold what was found are meant; if none does, all of them.
 */
export function faultyCells(header: SheetHeader, raw: RawRow, issues: readonly RowIssue[]): ReadonlyMap<number, Severity> {
  const faulty = new Map<number, Severity>();
  for (const issue of issues) {
    for (const position of positionsOf(header, raw, issue)) {
      if (faulty.get(position) !== 'error') faulty.set(position, issue.severity);
    }
  }
  return faulty;
}

function positionsOf(header: SheetHeader, raw: RawRow, { column, found }: RowIssue): readonly number[] {
  const positions = header.columns.filter(({ name }) => name === column).map(({ position }) => position);
  const holding = positions.filter((position) => raw.cells[position]?.trim() === found?.trim());
  return holding.length > 0 ? holding : positions;
}
