import { nameKey, type HeaderColumn, type Reference } from '@rosterport/domain';
import { hasValue, type Cell } from '../cell.ts';
import { columnsFor } from '../rule-context.ts';
import type { UserRule } from '../rule.ts';

/**
 * Reads the groups of a person. Ids win over names: where any id has a value, be it one that was refused, no name is asked.
 * Without a value a clear token means no groups at all, and without that the groups stay as they are.
 */
export const groups: UserRule = {
  name: 'groups',
  code: null,
  compile(context) {
    const ids = columnsFor(context, 'groupId');
    const names = columnsFor(context, 'groupName');
    const all = [...ids, ...names];
    if (all.length === 0) return null;
    return ({ cells, draft }) => {
      const isById = someCell(cells, ids, hasValue);
      const found = isById ? references(cells, ids, 'id') : references(cells, names, 'name');
      if (found.length > 0 || (!isById && someCell(cells, all, isCleared))) draft.groups = found;
    };
  },
  accepted: [
    { row: { groupId: 'DEP_001' }, gives: { groups: [{ by: 'id', value: 'DEP_001' }] } },
    {
      row: { groupId: ['A', '', 'B', 'A', 'a'] },
      gives: { groups: [{ by: 'id', value: 'A' }, { by: 'id', value: 'B' }, { by: 'id', value: 'a' }] },
    },
    { row: { groupName: ['Sales  team', 'sales Team'] }, gives: { groups: [{ by: 'name', value: 'Sales  team' }] } },
    { row: { groupId: 'A', groupName: 'Sales' }, gives: { groups: [{ by: 'id', value: 'A' }] } },
    { row: { groupId: '', groupName: 'Sales' }, gives: { groups: [{ by: 'name', value: 'Sales' }] } },
    { row: { groupId: ['', ''], groupName: '' }, gives: { groups: undefined } },
    { row: {}, gives: { groups: undefined } },
    { row: { groupId: ['-', ''] }, policy: { clearToken: '-' }, gives: { groups: [] } },
    { row: { groupId: ['-', 'A'] }, policy: { clearToken: '-' }, gives: { groups: [{ by: 'id', value: 'A' }] } },
    { row: { groupId: '-', groupName: 'Sales' }, policy: { clearToken: '-' }, gives: { groups: [{ by: 'name', value: 'Sales' }] } },
  ],
  refused: [],
};

function someCell(cells: readonly Cell[], columns: readonly HeaderColumn[], is: (cell: Cell) => boolean): boolean {
  for (const column of columns) if (is(cells[column.position])) return true;
  return false;
}

function isCleared(cell: Cell): boolean {
  return cell === null;
}

/** The values of the columns, each once: ids as they are, names by the form in which they are compared. */
function references(cells: readonly Cell[], columns: readonly HeaderColumn[], by: Reference['by']): Reference[] {
  const found: Reference[] = [];
  for (const column of columns) {
    const value = cells[column.position];
    if (typeof value === 'string' && !found.some((earlier) => same(by, earlier.value, value))) found.push({ by, value });
  }
  return found;
}

function same(by: Reference['by'], one: string, other: string): boolean {
  return one === other || (by === 'name' && nameKey(one) === nameKey(other));
}
