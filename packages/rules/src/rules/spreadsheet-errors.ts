import { refuse } from '../row-in-hand.ts';
import { attributeColumns } from '../rule-context.ts';
import type { AnyRule } from '../rule.ts';
import { isSpreadsheetError } from '../spreadsheet-error.ts';

/**
 * An attribute is not overwritten by the error of a formula. A person stays in the file all the same; in a column of the
 * contract such an error rejects the row.
 */
export const spreadsheetErrors: AnyRule = {
  name: 'spreadsheet-errors',
  code: 'validateNoSpreadsheetErrors',
  compile(context) {
    const columns = attributeColumns(context);
    if (columns.length === 0) return null;
    return (row) => {
      if (row.isOrdinary) return;
      for (const column of columns) {
        const cell = row.cells[column.position];
        if (typeof cell === 'string' && isSpreadsheetError(cell)) refuse(row, { code: 'validateNoSpreadsheetErrors', column });
      }
    };
  },
  accepted: [
    { row: { City: '#1' }, gives: { attributes: { City: '#1' } } },
    { row: { City: '##' }, gives: { attributes: { City: '##' } } },
    { row: { City: 'see #REF! here' } },
    { row: { City: '#CLEAR' }, policy: { clearToken: '#CLEAR' }, gives: { attributes: { City: null } } },
  ],
  refused: [
    { row: { City: '#N/A', Room: '7' }, column: 'City', gives: { attributes: { Room: '7' } } },
    { row: { City: '#VÄRDEFEL!' }, column: 'City', gives: { attributes: {} } },
    { row: { City: '#BEZUG!' }, column: 'City' },
    { row: { City: 'Err:502' }, column: 'City' },
    { row: { City: '########' }, column: 'City' },
  ],
};
