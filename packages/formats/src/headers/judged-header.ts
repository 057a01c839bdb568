import { columnsOf, type AnyField, type ContractColumn, type HeaderColumn, type SheetHeader } from '@rosterport/domain';

import type { HeaderPlace } from './column-issues.ts';
import type { HeaderMatch } from './header-match.ts';
import { headerFault, showableHeader } from './header-text.ts';

/**
 * The header by which rows are judged, whatever is wrong with it. A column counts by its name wherever it stands. A nearly
 * right name counts as the one that is meant where no other column of the row is called so: that is safe, since a faulty
 * header refuses its file, whose findings say how the name was taken. What is missing, stands there more than once or bears
 * a name that cannot be kept is in doubt, and so is an unknown name in one of the fixed places while a column is missing there.
 */
export function judgedHeader(matches: readonly HeaderMatch[], { kind, sheet }: Pick<HeaderPlace, 'kind' | 'sheet'>): SheetHeader {
  const fixed = columnsOf(kind).filter(({ position }) => position !== null);
  const isComplete = fixed.every((column) => matches.some((match) => match.column === column));
  const isOne = clearMatches(matches);
  const isClear = (match: HeaderMatch): boolean => isOne(match) && (isComplete || match.column !== null || match.position >= fixed.length);
  const clear = matches.filter(isClear);
  const columns = clear.map(({ position, name, column }): HeaderColumn => ({ position, name: keptName(name), field: column?.field ?? null }));
  const doubtful = matches.filter((match) => !isClear(match));
  const found = new Set(clear.map(({ column }) => column));
  const fields = columnsOf(kind)
    .filter((column) => !found.has(column) && (column.position !== null || doubtful.some((match) => match.column === column)))
    .map(({ field }): AnyField => field);
  if (fields.length === 0 && doubtful.length === 0) return { kind, sheet, columns };
  const unclear = doubtful.map(({ position, name }) => ({ position, name: keptName(name) }));
  return { kind, sheet, columns, inDoubt: { fields, columns: unclear } };
}

/** Tells of a match whether its column can only be one thing. */
function clearMatches(matches: readonly HeaderMatch[]): (match: HeaderMatch) => boolean {
  const exact = new Map<ContractColumn | string, number>();
  const near = new Map<ContractColumn, number>();
  for (const { column, name, meant } of matches) {
    if (column === null || meant === null) exact.set(column ?? name, (exact.get(column ?? name) ?? 0) + 1);
    else near.set(column, (near.get(column) ?? 0) + 1);
  }
  return ({ column, name, meant }) => {
    if (column === null) return exact.get(name) === 1 && headerFault(name) === null;
    if (column.repeatable) return true;
    return meant === null ? exact.get(column) === 1 : !exact.has(column) && near.get(column) === 1;
  };
}

/** Findings repeat the names of columns, so that a name must be one that can be shown. */
function keptName(name: string): string {
  return headerFault(name) === null ? name : showableHeader(name);
}
