import { columnsOf, issue, type ContractColumn, type Issue, type SheetKind } from '@rosterport/domain';

import type { HeaderMatch } from './header-match.ts';
import { headerFault, showableHeader } from './header-text.ts';

/** Where the headers stand. */
export interface HeaderPlace {
  readonly kind: SheetKind;
  readonly sheet: string | null;
  /** Number of the row in which they stand. */
  readonly row: number;
}

/** A header row of thousands of faults is told by its first ones. */
const mostIssues = 100;
const mostPositions = 10;

/** Everything that is wrong with the columns of a header row. */
export function columnIssues(matches: readonly HeaderMatch[], place: HeaderPlace): Issue[] {
  return [
    ...nameIssues(matches, place).slice(0, mostIssues),
    ...textIssues(matches, place).slice(0, mostIssues),
    ...missingIssues(matches, place),
    ...positionIssues(matches, place),
    ...repeatIssues(matches, place).slice(0, mostIssues),
  ];
}

function nameIssues(matches: readonly HeaderMatch[], { sheet, row }: HeaderPlace): Issue[] {
  return matches.flatMap(({ name, meant }) =>
    meant === null ? [] : [issue('validateColumnNames', { sheet, row, column: showableHeader(name), found: showableHeader(name), expected: meant })],
  );
}

/** Attributes bear the names of their headers for good, so that a name must be one that can be kept. */
function textIssues(matches: readonly HeaderMatch[], { sheet, row }: HeaderPlace): Issue[] {
  return matches.flatMap(({ name, position }) => {
    const expected = headerFault(name);
    if (expected === null) return [];
    return [issue('validateHeaderText', { sheet, row, column: showableHeader(name), found: String(position + 1), expected })];
  });
}

function missingColumns(matches: readonly HeaderMatch[], kind: SheetKind): ContractColumn[] {
  return columnsOf(kind).filter((column) => column.position !== null && !matches.some((match) => match.column === column));
}

function missingIssues(matches: readonly HeaderMatch[], { kind, sheet, row }: HeaderPlace): Issue[] {
  return missingColumns(matches, kind).map((column) =>
    // A CSV file gets the name of the CSV dialect, which stands last.
    issue('validateMandatoryColumns', { sheet, row, expected: column.headers.at(sheet === null ? -1 : 0) ?? null }),
  );
}

function positionIssues(matches: readonly HeaderMatch[], { kind, sheet, row }: HeaderPlace): Issue[] {
  const missing = missingColumns(matches, kind);
  return columnsOf(kind).flatMap((column) => {
    const right = column.position;
    const places = matches.filter((match) => match.column === column);
    const first = places[0];
    if (right === null || first === undefined || places.some(({ position }) => position === right)) return [];
    // A column that only moved up because another is missing falls into place when that one is added.
    const missingBefore = missing.filter(({ position }) => (position ?? right) < right).length;
    if (first.position === right - missingBefore) return [];
    const found = String(first.position + 1);
    return [issue('validateColumnPosition', { sheet, row, column: showableHeader(first.name), found, expected: String(right + 1) })];
  });
}

function repeatIssues(matches: readonly HeaderMatch[], { sheet, row }: HeaderPlace): Issue[] {
  const alike = new Map<ContractColumn | string, HeaderMatch[]>();
  for (const match of matches) {
    if (match.column?.repeatable === true || match.meant !== null) continue;
    const key = match.column ?? match.name;
    const same = alike.get(key);
    if (same === undefined) alike.set(key, [match]);
    else same.push(match);
  }
  return [...alike.values()].flatMap((same) => {
    const first = same[0];
    if (first === undefined || same.length < 2) return [];
    const found = [...new Set(same.map(({ name }) => showableHeader(name)))].join(', ');
    const positions = same.slice(0, mostPositions).map(({ position }) => position + 1).join(', ');
    const expected = `positions ${positions}${same.length > mostPositions ? ' and more' : ''}`;
    return [issue('validateNoRepeatedColumns', { sheet, row, column: showableHeader(first.name), found, expected })];
  });
}
