import { readPhoneNumber } from '../phone-number-text.ts';
import { valueRule } from '../value-rule.ts';

/** PhoneNumber begins with the country code and is valid in that country. */
export const phoneNumber = valueRule({
  name: 'phone-number',
  code: 'validateThatPhoneNumberIsCorrect',
  field: 'phoneNumber',
  reader: () => readPhoneNumber,
  set: (draft, value) => void (draft.phone = value),
  accepted: [
    { row: { phoneNumber: '+46 70 123 45 67' }, gives: { phone: '+46701234567' } },
    { row: { phoneNumber: '+46 (0)70-123 45 67' }, gives: { phone: '+46701234567' } },
    { row: { phoneNumber: '+1 (212) 555-0123' }, gives: { phone: '+12125550123' } },
    { row: { phoneNumber: '+39 06 1234567' }, gives: { phone: '+39061234567' } },
    { row: { phoneNumber: '' }, gives: { phone: undefined } },
    { row: { phoneNumber: '#CLEAR' }, policy: { clearToken: '#CLEAR' }, gives: { phone: null } },
  ],
  refused: [
    { row: { phoneNumber: '070-123 45 67' }, column: 'phoneNumber', expected: 'the country code is missing' },
    { row: { phoneNumber: '0046701234567' }, column: 'phoneNumber', expected: 'the country code is written +46, not 0046' },
    { row: { phoneNumber: '00 46 70 123 45 67' }, column: 'phoneNumber', expected: 'the country code is written +46, not 0046' },
    { row: { phoneNumber: '00999 123 456' }, column: 'phoneNumber', expected: 'the country code is missing' },
    { row: { phoneNumber: '+999 123 456' }, column: 'phoneNumber', expected: 'the country code is unknown' },
    { row: { phoneNumber: '+00 1234 567' }, column: 'phoneNumber', expected: 'the country code is unknown' },
    { row: { phoneNumber: '+46 70' }, column: 'phoneNumber', expected: 'too short for SE' },
    { row: { phoneNumber: '+46 70 123 45 67 89 01' }, column: 'phoneNumber', expected: 'too long for SE' },
    { row: { phoneNumber: '+46 70 123 45 67 ext. 8' }, column: 'phoneNumber', expected: 'a number without an extension' },
    { row: { phoneNumber: '+46 call me' }, column: 'phoneNumber', expected: 'digits only, after the +' },
    { row: { email: '', phoneNumber: '+' }, column: 'phoneNumber', expected: 'digits only, after the +' },
  ],
});
