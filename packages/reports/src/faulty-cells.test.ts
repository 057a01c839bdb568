import { describe, expect, test } from '@jest/globals';
import { issue } from '@rosterport/domain';
import { faultyCells } from './faulty-cells.ts';
import { usersHeader } from './sample-job.ts';

const header = usersHeader('Users', ['EmployeeID', 'Email', 'Department', 'Department']);
const raw = { row: 2, cells: ['E1', 'ada@', 'SALES', ' NORTH '] };

describe('faultyCells', () => {
  test.each([
    ['the cell of a column', [issue('validateThatEmailIsCorrect', { column: 'Email', found: 'ada@' })], [[1, 'error']]],
    ['the one of two cells that holds it', [issue('validateGroupExists', { column: 'Department', found: 'NORTH' })], [[3, 'warning']]],
    ['both when neither holds it', [issue('validateGroupExists', { column: 'Department', found: 'x' })], [[2, 'warning'], [3, 'warning']]],
    [
      'the worst of two findings',
      [issue('validateThatEmailIsCorrect', { column: 'Email' }), issue('validateNoDamagedNumbers', { column: 'Email' })],
      [[1, 'error']],
    ],
    ['nothing for a finding about the row', [issue('validateEmailOrPhoneNumber')], []],
    ['nothing for a column that is not there', [issue('validateActive', { column: 'Active' })], []],
  ])('marks %s', (_, issues, marked) => {
    expect([...faultyCells(header, raw, issues)]).toEqual(marked);
  });
});
