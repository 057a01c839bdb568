import type { AnyField, HeaderColumn } from '@rosterport/domain';
import { refuse } from '../row-in-hand.ts';
import type { AnyRule } from '../rule.ts';

/** The most characters (Unicode code points) of each value; the fields that are missing have rules that are stricter. */
const longest: Readonly<Partial<Record<AnyField, number>>> = {
  externalId: 100,
  firstName: 200,
  lastName: 200,
  email: 254,
  groupId: 100,
  groupName: 200,
  managerId: 100,
  managerName: 200,
  language: 35,
  orgUnitId: 100,
  name: 200,
  description: 2000,
  responsibleManager: 100,
  parentOrgUnit: 100,
};
const longestAttribute = 2000;

/** A value is not longer than the directory keeps. */
export const valueLength: AnyRule = {
  name: 'value-length',
  code: 'validateValueLength',
  compile({ header }) {
    const limits = header.columns.map((column) => ({ column, most: mostOf(column) }));
    return (row) => {
      for (const { column, most } of limits) {
        const cell = row.cells[column.position];
        if (typeof cell !== 'string' || !isLonger(cell, most)) continue;
        refuse(row, { code: 'validateValueLength', column, expected: String(most) });
      }
    };
  },
  accepted: [
    { row: { externalId: 'E'.repeat(100), firstName: 'ä'.repeat(200), managerName: 'x'.repeat(200) } },
    { row: { lastName: '🙂'.repeat(200), Note: 'x'.repeat(2000) } },
    { row: { email: `${'a'.repeat(64)}@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(57)}.com` } },
    { kind: 'groups', row: { name: 'n'.repeat(200), description: 'd'.repeat(2000) } },
  ],
  refused: [
    { row: { externalId: 'E'.repeat(101) }, column: 'externalId', expected: '100' },
    { row: { firstName: 'x'.repeat(201) }, column: 'firstName', expected: '200' },
    { row: { lastName: '🙂'.repeat(201) }, column: 'lastName', expected: '200' },
    { row: { email: `${'a'.repeat(243)}@example.com` }, column: 'email', expected: '254' },
    { row: { groupId: ['SALES', 'g'.repeat(101)] }, column: 'groupId', expected: '100' },
    { row: { groupName: 'g'.repeat(201) }, column: 'groupName', expected: '200' },
    { row: { managerId: 'm'.repeat(101) }, column: 'managerId', expected: '100' },
    { row: { language: 'sv'.repeat(18) }, column: 'language', expected: '35' },
    { row: { Note: 'x'.repeat(2001) }, column: 'Note', expected: '2000' },
    { kind: 'groups', row: { description: 'x'.repeat(2001) }, column: 'description', expected: '2000' },
    { kind: 'groups', row: { parentOrgUnit: 'x'.repeat(101) }, column: 'parentOrgUnit', expected: '100' },
  ],
};

function mostOf(column: HeaderColumn): number {
  return column.field === null ? longestAttribute : (longest[column.field] ?? Infinity);
}

/** A code point is one or two units of a string, so that most texts need not be counted. */
function isLonger(text: string, most: number): boolean {
  if (text.length <= most) return false;
  if (text.length > most * 2) return true;
  return Array.from(text).length > most;
}
