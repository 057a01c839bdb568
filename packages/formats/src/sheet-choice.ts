import { issue, type Issue, type SheetKind } from '@rosterport/domain';

import type { Opening, TableHead } from './format-reader.ts';

/** A sheet to read. */
export interface ChosenSheet<Sheet> {
  readonly sheet: Sheet;
  readonly kind: SheetKind | null;
}

const kinds: ReadonlyMap<string, SheetKind> = new Map([
  ['users', 'users'],
  ['groups', 'groups'],
]);

/**
 * The sheets of a workbook to read: those named Users and Groups; where there are none, the only visible sheet, which is
 * judged by its header row.
 */
export function chooseSheets<Sheet extends { readonly name: string; readonly isVisible: boolean }>(
  sheets: readonly Sheet[],
): { readonly chosen: readonly ChosenSheet<Sheet>[]; readonly issues: readonly Issue[] } {
  const named = sheets.flatMap((sheet) => {
    const kind = kinds.get(sheet.name.trim().toLowerCase());
    return kind === undefined ? [] : [{ sheet, kind }];
  });
  if (named.length > 0) return { chosen: named, issues: [] };
  const visible = sheets.filter(({ isVisible }) => isVisible);
  const only = visible[0];
  if (only !== undefined && visible.length === 1) return { chosen: [{ sheet: only, kind: null }], issues: [] };
  const found = sheets.length === 0 ? 'no sheet with cells' : sheets.map(({ name }) => name).join(', ');
  return { chosen: [], issues: [issue('validateSheetNames', { found, expected: 'Users or Groups' })] };
}

/** Longer than the name that any spreadsheet program gives to a sheet. */
const longestName = 100;

/** The name of a sheet as it is shown and kept, whatever bytes a file gives for it. */
export function sheetName(name: string): string {
  return name.replace(/[\0-\x1F\x7F-\x9F\p{Cs}\uFFFE\uFFFF]/gu, '\uFFFD').slice(0, longestName); // eslint-disable-line no-control-regex
}

/** The head of a sheet, and what its reader wants to know again. */
export interface SheetHead<Key> extends TableHead {
  readonly key: Key;
  /** True when no cell of the sheet has a value. */
  readonly isEmpty: boolean;
}

/**
 * Opens the sheets that have any value; a sheet without one stands for nothing, not even for a missing header row. The
 * issues are those of sheets that cannot be read.
 */
export function openingOf<Key>(heads: readonly SheetHead<Key>[], issues: readonly Issue[]): Opening {
  const filled = heads.filter(({ isEmpty }) => !isEmpty);
  if (filled.length === 0) return { ok: false, issues: issues.length > 0 ? issues : [issue('validateFileIsNotEmpty')] };
  const layout: SheetLayout<Key> = { sheets: filled.map(({ key, sheet }) => ({ key, name: sheet })) };
  return { ok: true, tables: filled.map(({ sheet, kind, rows }) => ({ sheet, kind, rows })), issues, layout };
}

/** The layout of a workbook: what finds the sheet of each table again. */
export interface SheetLayout<Key> {
  readonly sheets: readonly { readonly key: Key; readonly name: string | null }[];
}
