import type { AnyField, HeaderColumn } from '@rosterport/domain';
import { isOrdinary } from '../ordinary-text.ts';
import { refuse } from '../row-in-hand.ts';
import type { AnyRule } from '../rule.ts';
import { isSpreadsheetError } from '../spreadsheet-error.ts';
import { firstUnstorable } from '../storable-text.ts';

/** A value holds no control characters and no halves of characters, and a value of the contract is no spreadsheet error. */
export const characters: AnyRule = {
  name: 'characters',
  code: 'validateCharacters',
  compile({ header }) {
    const { columns } = header;
    return (row) => {
      if (row.isOrdinary) return;
      for (const column of columns) {
        const cell = row.cells[column.position];
        if (typeof cell !== 'string' || isOrdinary(cell)) continue;
        const expected = problem(cell, column);
        if (expected !== null) refuse(row, { code: 'validateCharacters', column, expected });
      }
    };
  },
  accepted: [
    { row: { firstName: 'Åsa-Lena', lastName: "O'Brien 李 🙂" }, gives: { firstName: 'Åsa-Lena', lastName: "O'Brien 李 🙂" } },
    { row: { firstName: ' \u00A0Ada\u3000\n' }, gives: { firstName: 'Ada' } },
    { row: { firstName: 'A\u030Asa' }, gives: { firstName: 'Åsa' } },
    { row: { Note: 'first line\r\n\tsecond line' } },
    { row: { groupId: '#1' } },
    { kind: 'groups', row: { description: 'first line\nsecond line' }, gives: { description: 'first line\nsecond line' } },
  ],
  refused: [
    { row: { firstName: 'A\0da' }, column: 'firstName', expected: 'U+0000' },
    { row: { externalId: 'E\t1' }, column: 'externalId', expected: 'U+0009' },
    { row: { lastName: 'Ber\ng' }, column: 'lastName', expected: 'U+000A' },
    { row: { lastName: 'Berg\u0085' }, column: 'lastName', expected: 'U+0085' },
    { row: { lastName: 'Berg\uD83D' }, column: 'lastName', expected: 'U+D83D' },
    { row: { City: 'Lu\u007Fnd' }, column: 'City', expected: 'U+007F' },
    { row: { City: 'Lund\uFFFF' }, column: 'City', expected: 'U+FFFF' },
    { row: { externalId: '#N/A' }, column: 'externalId', expected: 'it is a spreadsheet error value' },
    { row: { managerId: '#REF!' }, column: 'managerId', expected: 'it is a spreadsheet error value' },
    { row: { externalId: '#NV' }, column: 'externalId', expected: 'it is a spreadsheet error value' },
    { row: { managerName: '########' }, column: 'managerName', expected: 'it is a spreadsheet error value' },
    { kind: 'groups', row: { name: '#VALUE!' }, column: 'name', expected: 'it is a spreadsheet error value' },
  ],
};

function problem(text: string, column: HeaderColumn): string | null {
  if (column.field !== null && isSpreadsheetError(text)) return 'it is a spreadsheet error value';
  return firstUnstorable(text, mayHaveLines(column.field));
}

function mayHaveLines(field: AnyField | null): boolean {
  return field === null || field === 'description';
}
