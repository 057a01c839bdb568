import { issue, type Issue, type SheetKind } from '@rosterport/domain';

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
