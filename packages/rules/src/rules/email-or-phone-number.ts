import { isInDoubt, type HeaderColumn } from '@rosterport/domain';
import { hasValue, type Cell } from '../cell.ts';
import { report } from '../row-in-hand.ts';
import type { AnyRule } from '../rule.ts';
import { columnFor } from '../rule-context.ts';

/** A person can be reached: by e-mail, by phone or both. A faulty value is a value here; its own rule refuses it. */
export const emailOrPhoneNumber: AnyRule = {
  name: 'email-or-phone-number',
  code: 'validateEmailOrPhoneNumber',
  compile(context) {
    const email = columnFor(context, 'email');
    const phone = columnFor(context, 'phoneNumber');
    // The value that is missed may stand in a column that nobody knows.
    if (isInDoubt(context.header, 'email') || isInDoubt(context.header, 'phoneNumber')) return null;
    return (row) => {
      if (!holdsValue(row.cells, email) && !holdsValue(row.cells, phone)) report(row, { code: 'validateEmailOrPhoneNumber' });
    };
  },
  accepted: [
    { row: { email: 'ada@example.com', phoneNumber: '' }, gives: { email: 'ada@example.com', phone: undefined } },
    { row: { email: '', phoneNumber: '+46701234567' }, gives: { email: undefined, phone: '+46701234567' } },
    {
      row: { email: '#CLEAR', phoneNumber: '+46701234567' },
      policy: { clearToken: '#CLEAR' },
      gives: { email: null, phone: '+46701234567' },
    },
  ],
  refused: [
    { row: { email: '' }, column: null },
    { row: { email: '', phoneNumber: '  ' }, column: null },
    { row: { email: '#CLEAR', phoneNumber: '' }, policy: { clearToken: '#CLEAR' }, column: null },
    { row: { email: '#CLEAR', phoneNumber: '#CLEAR' }, policy: { clearToken: '#CLEAR' }, column: null },
  ],
};

function holdsValue(cells: readonly Cell[], column: HeaderColumn | null): boolean {
  return column !== null && hasValue(cells[column.position]);
}
