import type { AnyField } from '@rosterport/domain';
import { report } from '../row-in-hand.ts';
import type { AnyRule } from '../rule.ts';

/** The fields in which a lost zero or digit names somebody else. */
const numbered: ReadonlySet<AnyField | null> = new Set<AnyField>([
  'externalId',
  'phoneNumber',
  'groupId',
  'managerId',
  'orgUnitId',
  'responsibleManager',
  'parentOrgUnit',
]);

/** What a spreadsheet program makes of a long number when it saves CSV: always a sign, and two digits or more behind it. */
const scientific = /^[+-]?\d(?:[.,]\d+)?E[+-]\d{2,3}$/;

/** What it makes of `1-2` in English, German and Swedish, among others: always a day and a month, or a month and a year. */
const dayAndMonth = /^(?:\d{1,2}(?:-|\. ?)(?:[Jj]an|[Ff]eb|[Mm]ar|Mrz|[Aa]pr|[Mm]ay|[Mm]aj|Mai|[Jj]un|[Jj]ul|[Aa]ug|[Ss]ep|[Oo][ck]t|[Nn]ov|[Dd]e[cz])|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-\d\d)$/;

/** Either, so that most texts are asked once. */
const damagedForm = new RegExp(`${scientific.source}|${dayAndMonth.source}`);

/** How a date of a workbook is read. */
const isoDate = /^\d{4}-\d\d-\d\d(?:T|$)|^\d\d:\d\d:\d\d$/;

/** An id or phone number is what was typed: no long number that lost its last digits, and no date that was made of it. */
export const damagedNumbers: AnyRule = {
  name: 'damaged-numbers',
  code: 'validateNoDamagedNumbers',
  compile({ header }) {
    const columns = header.columns.filter((column) => numbered.has(column.field));
    return (row) => {
      const { damaged } = row.raw;
      for (const column of columns) {
        const cell = row.cells[column.position];
        if (typeof cell !== 'string') continue;
        const expected = damage(cell, damaged?.includes(column.position) === true);
        if (expected !== null) report(row, { code: 'validateNoDamagedNumbers', column, expected });
      }
    };
  },
  accepted: [
    { row: { externalId: '12345678901234567' } },
    { row: { externalId: '2024-02-01' }, gives: { externalId: '2024-02-01' } },
    { row: { externalId: '1E5' } },
    { row: { externalId: 'E+15' } },
    { row: { groupId: ['MAR-01', 'Marketing-2', '2-JAN'] } },
    { row: { firstName: '1', Height: '1.85' }, damaged: ['firstName', 'Height'] },
    { row: { Account: '1.23E+15', Start: '2-Jan' }, damaged: ['Account'] },
    { row: { managerId: '' }, damaged: ['managerId'] },
  ],
  refused: [
    {
      row: { externalId: '12345678901234600' },
      damaged: ['externalId'],
      column: 'externalId',
      expected: 'a spreadsheet keeps 15 digits of a number',
      gives: { externalId: '12345678901234600' },
    },
    { row: { externalId: '2024-02-01' }, damaged: ['externalId'], column: 'externalId', expected: 'it is a date in the workbook' },
    { row: { externalId: '01:02:00' }, damaged: ['externalId'], column: 'externalId', expected: 'it is a date in the workbook' },
    { row: { externalId: '1.23E+15' }, column: 'externalId', expected: 'digits are missing in this form' },
    { row: { externalId: '1,23457E+15' }, column: 'externalId', expected: 'digits are missing in this form' },
    { row: { managerId: '5E+11' }, column: 'managerId', expected: 'digits are missing in this form' },
    { row: { externalId: '2-Jan' }, column: 'externalId', expected: 'it looks like a date that was made of an id' },
    { row: { groupId: ['SALES', 'Feb-01'] }, column: 'groupId', expected: 'it looks like a date that was made of an id' },
    { row: { managerId: '02-maj' }, column: 'managerId', expected: 'it looks like a date that was made of an id' },
    { row: { managerId: '02. Mrz' }, column: 'managerId', expected: 'it looks like a date that was made of an id' },
    { row: { phoneNumber: '+46701234567' }, damaged: ['phoneNumber'], column: 'phoneNumber' },
    { row: { managerId: '17' }, damaged: ['managerId'], column: 'managerId' },
    { row: { groupId: ['SALES', '1'] }, damaged: ['groupId'], column: 'groupId' },
    { kind: 'groups', row: { orgUnitId: '1' }, damaged: ['orgUnitId'], column: 'orgUnitId' },
    { kind: 'groups', row: { orgUnitId: '4.6E+12' }, column: 'orgUnitId' },
    { kind: 'groups', row: { responsibleManager: '1' }, damaged: ['responsibleManager'], column: 'responsibleManager' },
    { kind: 'groups', row: { parentOrgUnit: '1' }, damaged: ['parentOrgUnit'], column: 'parentOrgUnit' },
  ],
};

/** Why a text is probably not what was typed; `null` when it probably is. */
function damage(text: string, isMarked: boolean): string | null {
  if (isMarked) return isoDate.test(text) ? 'it is a date in the workbook' : 'a spreadsheet keeps 15 digits of a number';
  if (text.length < 5 || text.length > 20 || !damagedForm.test(text)) return null;
  return scientific.test(text) ? 'digits are missing in this form' : 'it looks like a date that was made of an id';
}
