import { columnsOf, type ContractColumn, type SheetKind } from '@rosterport/domain';

import { editDistance } from './edit-distance.ts';
import { foldedName, headerName } from './header-name.ts';

/** What one cell of a header row is. */
export interface HeaderMatch {
  readonly position: number;
  readonly name: string;
  /** The column of the contract that it names, or nearly names; `null` for an attribute. */
  readonly column: ContractColumn | null;
  /** The header that was probably meant; `null` when the name is exact or is an attribute's. */
  readonly meant: string | null;
  /** True when name and header differ at most in case, spaces and punctuation. */
  readonly sure: boolean;
}

interface KnownHeader {
  readonly header: string;
  readonly folded: string;
  readonly column: ContractColumn;
}

const known: Readonly<Record<SheetKind, readonly KnownHeader[]>> = { users: knownOf('users'), groups: knownOf('groups') };

function knownOf(kind: SheetKind): KnownHeader[] {
  return columnsOf(kind).flatMap((column) =>
    column.headers.map((header) => ({ header, folded: foldedName(header), column })),
  );
}

/** The known headers by what is left of them without case, spaces and punctuation; those that are alike in this stand together. */
const sameButForSpelling = { users: byFolded(known.users), groups: byFolded(known.groups) };

function byFolded(headers: readonly KnownHeader[]): ReadonlyMap<string, readonly KnownHeader[]> {
  const found = new Map<string, KnownHeader[]>();
  for (const header of headers) found.set(header.folded, [...(found.get(header.folded) ?? []), header]);
  return found;
}

/** Matches every cell of a header row that is not empty against the columns of a kind of record. */
export function matchHeaders(cells: readonly string[], kind: SheetKind): HeaderMatch[] {
  return cells.flatMap((cell, position) => {
    const name = headerName(cell);
    return name === '' ? [] : [matchName(name, position, kind)];
  });
}

function matchName(name: string, position: number, kind: SheetKind): HeaderMatch {
  const exact = known[kind].find(({ header }) => header === name);
  if (exact !== undefined) return { position, name, column: exact.column, meant: null, sure: true };
  const folded = foldedName(name);
  const same = sameButForSpelling[kind].get(folded) ?? [];
  const near = same.length > 0 ? same : known[kind].filter((candidate) => isOneEditAway(candidate.folded, folded));
  const closest = closestTo(name, near);
  if (closest === undefined) return { position, name, column: null, meant: null, sure: false };
  return { position, name, column: closest.column, meant: closest.header, sure: same.length > 0 };
}

function closestTo(name: string, candidates: readonly KnownHeader[]): KnownHeader | undefined {
  if (candidates.length < 2) return candidates[0];
  return candidates.toSorted((a, b) => editDistance(a.header, name) - editDistance(b.header, name))[0];
}

function isOneEditAway(one: string, other: string): boolean {
  return Math.abs(one.length - other.length) <= 1 && editDistance(one, other) === 1;
}

/** How well a row serves as the header row of a kind of record. */
export interface HeaderScore {
  readonly kind: SheetKind;
  /** Headers that are known but for case, spaces and punctuation. */
  readonly matches: number;
  /** How many of them are mandatory columns. */
  readonly mandatory: number;
}

/** The score of a row for a kind of record. */
export function scoreHeader(cells: readonly string[], kind: SheetKind): HeaderScore {
  return scoreNames(namesOf(cells), kind);
}

/** The kind of record that a row suits best as its header row; users when neither is better. */
export function bestScore(cells: readonly string[]): HeaderScore {
  const names = namesOf(cells);
  const users = scoreNames(names, 'users');
  const groups = scoreNames(names, 'groups');
  return groups.matches > users.matches ? groups : users;
}

interface FoldedHeader {
  readonly name: string;
  readonly folded: string;
}

function namesOf(cells: readonly string[]): FoldedHeader[] {
  const names = cells.slice(0, 1000).map(headerName);
  return names.filter((name) => name !== '').map((name) => ({ name, folded: foldedName(name) }));
}

/** Of each name it only matters what it surely means; what it nearly means takes longer to find out. */
function scoreNames(names: readonly FoldedHeader[], kind: SheetKind): HeaderScore {
  const same = names.flatMap(({ name, folded }) => closestTo(name, sameButForSpelling[kind].get(folded) ?? []) ?? []);
  return { kind, matches: same.length, mandatory: same.filter(({ column }) => column.position != null).length };
}

/** True when a row is a header row, if perhaps a faulty one: one mandatory column or any two columns are recognised. */
export function isUnderstood(score: HeaderScore): boolean {
  return score.mandatory >= 1 || score.matches >= 2;
}
