import { chapter } from './testing/chapter.ts';
import { phoneNumber } from './testing/companies.ts';
import { valueCase } from './testing/value-table.ts';

const given = { users: [{ EmployeeID: 'A', Email: 'Ada@bücher.example' }] };
const taken = 'validateNoEmailDuplicates@Email';

chapter('Email', [
  valueCase({
    says: 'is one address; the domain is kept in lower-case ASCII, the rest in NFC as written',
    column: 'Email',
    accepted: [
      ['ada@example.com', 'ada@example.com'],
      ['Bo.Dahl@Example.COM', 'Bo.Dahl@example.com'],
      [' cia@example.com\u00A0', 'cia@example.com'],
      ["o'brien+hr_1@mail.example.co.uk", "o'brien+hr_1@mail.example.co.uk"],
      ['dan@bücher.example', 'dan@xn--bcher-kva.example'],
      ['eva@BU\u0308CHER.example', 'eva@xn--bcher-kva.example'],
      ['fia@xn--bcher-kva.example', 'fia@xn--bcher-kva.example'],
      ['a\u030Asa@example.com', 'åsa@example.com'],
      ['用户@例え.example', '用户@xn--r8jz45g.example'],
      ['1@2.example', '1@2.example'],
    ],
    shown: (email) => ({ email }),
    code: 'validateThatEmailIsCorrect',
  }),
  valueCase({
    says: 'is not correct as anything else',
    column: 'Email',
    shown: () => ({}),
    refused: [
      ['ada'],
      ['ada@'],
      ['@example.com'],
      ['ada@example'],
      ['ada.example.com'],
      ['ada@@example.com'],
      ['ada berg@example.com'],
      ['ada@exam ple.com'],
      ['.ada@example.com'],
      ['ada..berg@example.com'],
      ['ada@example..com'],
      ['ada@-example.com'],
      ['ada@127.0.0.1'],
      ['Ada Berg <ada@example.com>'],
      ['<ada@example.com>'],
      ['mailto:ada@example.com'],
      ['ada@example.com, bo@example.com'],
      ['ada@example.com;bo@example.com'],
      ['n/a'],
      ['-'],
    ],
    code: 'validateThatEmailIsCorrect',
  }),
  {
    says: 'that is not correct rejects its row alone and leaves the person as they are',
    given,
    file: { users: [{ EmployeeID: 'A', Email: 'ada', FirstName: 'Ada' }, { EmployeeID: 'B' }] },
    then: { rows: ['A rejected validateThatEmailIsCorrect@Email', 'B created'], people: { A: { email: 'Ada@xn--bcher-kva.example', firstName: 'First' } } },
  },
  {
    says: 'that is not correct is refused even beside a good phone number',
    file: { users: [{ EmployeeID: 'A', Email: 'ada', PhoneNumber: phoneNumber(5) }] },
    then: { rows: ['A rejected validateThatEmailIsCorrect@Email'] },
  },
  {
    says: 'whose domain is written otherwise is no change',
    given,
    file: { users: [{ EmployeeID: 'A', Email: 'Ada@XN--BCHER-KVA.EXAMPLE' }] },
    then: { rows: ['A unchanged'], people: { A: { email: 'Ada@xn--bcher-kva.example' } } },
  },
  {
    says: 'in another case is the same address: the person who has it can write it so',
    given,
    file: { users: [{ EmployeeID: 'A', Email: 'ADA@bücher.example' }] },
    then: { rows: ['A updated'], people: { A: { email: 'ADA@xn--bcher-kva.example' } } },
  },
  {
    says: 'in another case, Unicode form or writing of the domain is the same address for another person too',
    given: { users: [{ EmployeeID: 'A', Email: 'Ada@bücher.example' }, { EmployeeID: 'B', Email: 'åsa@example.com' }] },
    file: {
      users: [
        { EmployeeID: 'C', Email: 'ada@xn--bcher-kva.example' },
        { EmployeeID: 'D', Email: 'A\u030ASA@EXAMPLE.com' },
        { EmployeeID: 'E', Email: 'asa@example.com' },
      ],
    },
    then: { rows: [`C rejected ${taken}`, `D rejected ${taken}`, 'E created'] },
  },
  {
    says: 'in another case, Unicode form or writing of the domain is the same address within a file',
    file: {
      users: [
        { EmployeeID: 'A', Email: 'Ada@bücher.example' },
        { EmployeeID: 'B', Email: 'ÅSA@example.com' },
        { EmployeeID: 'C', Email: 'aDA@xn--bcher-kva.example' },
        { EmployeeID: 'D', Email: 'a\u030Asa@example.com' },
      ],
    },
    then: {
      rows: [
        { row: `A rejected ${taken}`, names: ['rows 2, 4'] },
        { row: `B rejected ${taken}`, names: ['rows 3, 5'] },
        { row: `C rejected ${taken}`, names: ['rows 2, 4'] },
        { row: `D rejected ${taken}`, names: ['rows 3, 5'] },
      ],
    },
  },
]);
