import { chapter } from './testing/chapter.ts';
import { phoneNumber } from './testing/companies.ts';
import { valueCase } from './testing/value-table.ts';

const given = { users: [{ EmployeeID: 'A', PhoneNumber: '+46701740605' }] };
const code = 'validateThatPhoneNumberIsCorrect';

chapter('PhoneNumber', [
  valueCase({
    says: 'begins with the country code and is valid in that country; it is kept as E.164',
    column: 'PhoneNumber',
    accepted: [
      ['+46 70 174 06 05', '+46701740605'],
      ['+46 (0)70-174 06 06', '+46701740606'],
      ['+47 406 12 345', '+4740612345'],
      ['+45 32 12 34 56', '+4532123456'],
      ['+358 41 2345678', '+358412345678'],
      ['+49 1512 3456789', '+4915123456789'],
      ['+33 6 12 34 56 78', '+33612345678'],
      ['+31.6.12.34.56.78', '+31612345678'],
      ['+44 7400 123456', '+447400123456'],
      ['+1 (201) 555-0123', '+12015550123'],
      ['+39 02 1234 5678', '+390212345678'],
      ['+39 312 345 6789', '+393123456789'],
      ['+55 (11) 96123-4567', '+5511961234567'],
      ['+91 81234 56789', '+918123456789'],
      ['+81 90-1234-5678', '+819012345678'],
      ['+61 412 345 678', '+61412345678'],
      ['\u00A0+46 70 174 06 07 ', '+46701740607'],
      ['', null],
    ],
    shown: (phone) => ({ phone }),
    code,
  }),
  valueCase({
    says: 'is not correct without the country code',
    column: 'PhoneNumber',
    shown: () => ({}),
    refused: [['070-174 06 05', 'country code'], ['0046701740605', 'country code'], ['46701740605', 'country code'], ['(0)70-174 06 05', 'country code']],
    code,
  }),
  valueCase({
    says: 'is not correct with a country code that no country has',
    column: 'PhoneNumber',
    shown: () => ({}),
    refused: [['+00 1234 567', 'country code'], ['+999 123 456 78', 'country code'], ['+0 70 174 06 05', 'country code']],
    code,
  }),
  valueCase({
    says: 'is not correct where the country has no such number',
    column: 'PhoneNumber',
    shown: () => ({}),
    refused: [
      ['+46 70 174 06', 'SE'],
      ['+46 70 174 06 05 12 34', 'SE'],
      ['+1 123 456 7890'],
      ['+44 7400 12345'],
      ['+47 1234 5678'],
      ['+33 6 12 34 56'],
    ],
    code,
  }),
  valueCase({
    says: 'is one number and nothing else',
    column: 'PhoneNumber',
    shown: () => ({}),
    refused: [
      ['call me'],
      ['+'],
      ['+46 seventy'],
      ['+46 70 174 06 05 / +46 70 174 06 06'],
      ['+46 70 174 06 05 ext. 8'],
      ['tel:+46701740605'],
      ['Home +46 70 174 06 05'],
    ],
    code,
  }),
  {
    says: 'that is written otherwise is no change',
    given,
    file: { users: [{ EmployeeID: 'A', PhoneNumber: '+46 (0)70-174 06 05' }] },
    then: { rows: ['A unchanged'], people: { A: { phone: '+46701740605' } } },
  },
  {
    says: 'that is not correct rejects its row alone and leaves the person as they are',
    given,
    file: { users: [{ EmployeeID: 'A', PhoneNumber: '070', FirstName: 'Ada' }, { EmployeeID: 'B', PhoneNumber: phoneNumber(6) }] },
    then: { rows: [`A rejected ${code}@PhoneNumber`, 'B created'], people: { A: { phone: '+46701740605', firstName: 'First' } } },
  },
  {
    says: 'suffices without an e-mail, and a wrong one beside no e-mail is one finding',
    file: { users: [{ EmployeeID: 'A', Email: '', PhoneNumber: phoneNumber(5) }, { EmployeeID: 'B', Email: '', PhoneNumber: '12' }] },
    then: { rows: ['A created', `B rejected ${code}@PhoneNumber`], people: { A: { email: null, phone: phoneNumber(5) } } },
  },
]);
