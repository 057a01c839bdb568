import { chapter } from './testing/chapter.ts';
import { inactive } from './testing/meanwhile.ts';

const phone = '+46701740605';

chapter('Active', [
  {
    says: '0 for an unknown person is skipped, with a finding, and touches nothing',
    file: { users: [{ EmployeeID: 'A', Active: '0', Department: 'NEW', EmployeeManagerID: 'M' }] },
    then: { rows: ['A skipped validateUserExists'] },
  },
  {
    says: 'an unknown person whose cell is empty, or who has 1, is created active',
    file: { users: [{ EmployeeID: 'A', Active: '' }, { EmployeeID: 'B', Active: '1' }] },
    then: { rows: ['A created', 'B created'], people: { A: { active: true }, B: { active: true } } },
  },
  {
    says: '0 deactivates a known person, and the rest of the row applies',
    given: { users: [{ EmployeeID: 'A', Language: 'sv' }] },
    file: { users: [{ EmployeeID: 'A', Active: '0', Language: 'da' }] },
    then: { rows: ['A deactivated'], people: { A: { active: false, language: 'da' } } },
  },
  {
    says: 'an empty cell leaves an active person active',
    given: { users: [{ EmployeeID: 'A' }] },
    file: { users: [{ EmployeeID: 'A', Active: '', Language: 'sv' }] },
    then: { rows: ['A updated'], people: { A: { active: true, language: 'sv' } } },
  },
  {
    says: 'an empty cell leaves a person inactive whom a cell deactivated, and the rest of the row applies',
    given: [{ users: [{ EmployeeID: 'A' }] }, { users: [{ EmployeeID: 'A', Active: '0' }] }],
    file: { users: [{ EmployeeID: 'A', Active: '', Language: 'sv' }] },
    then: { rows: ['A updated'], people: { A: { active: false, language: 'sv' } } },
  },
  {
    says: 'a missing column is as an empty cell',
    given: [{ users: [{ EmployeeID: 'A' }] }, { users: [{ EmployeeID: 'A', Active: '0' }] }],
    file: { users: [{ EmployeeID: 'A' }] },
    then: { rows: ['A unchanged'], people: { A: { active: false } } },
  },
  {
    says: 'an empty cell leaves a person inactive who was deactivated by hand',
    given: [{ users: [{ EmployeeID: 'A' }] }, inactive('A', 'hand')],
    file: { users: [{ EmployeeID: 'A', Active: '' }] },
    then: { rows: ['A unchanged'], people: { A: { active: false } } },
  },
  {
    says: 'an empty cell brings a person back whom absence deactivated',
    given: [{ users: [{ EmployeeID: 'A' }] }, inactive('A', 'absence')],
    file: { users: [{ EmployeeID: 'A', Active: '', Language: 'sv' }] },
    then: { rows: ['A reactivated'], people: { A: { active: true, language: 'sv' } } },
  },
  {
    says: 'a person whom absence deactivated comes back when the file has no such column at all',
    given: [{ users: [{ EmployeeID: 'A' }] }, inactive('A', 'absence')],
    file: { users: [{ EmployeeID: 'A' }] },
    then: { rows: ['A reactivated'], people: { A: { active: true } } },
  },
  {
    says: '0 leaves a person inactive whom absence deactivated',
    given: [{ users: [{ EmployeeID: 'A' }] }, inactive('A', 'absence')],
    file: { users: [{ EmployeeID: 'A', Active: '0', Language: 'sv' }] },
    then: { rows: ['A updated'], people: { A: { active: false, language: 'sv' } } },
  },
  {
    says: '0 is the cause from then on for a person whom absence had deactivated, so an empty cell brings nobody back',
    given: [{ users: [{ EmployeeID: 'A' }] }, inactive('A', 'absence'), { users: [{ EmployeeID: 'A', Active: '0' }] }],
    file: { users: [{ EmployeeID: 'A', Active: '' }] },
    then: { rows: ['A unchanged'], people: { A: { active: false } } },
  },
  {
    says: '1 brings a person back whom a cell deactivated',
    given: [{ users: [{ EmployeeID: 'A' }] }, { users: [{ EmployeeID: 'A', Active: '0' }] }],
    file: { users: [{ EmployeeID: 'A', Active: '1' }] },
    then: { rows: ['A reactivated'], people: { A: { active: true } } },
  },
  {
    says: '1 brings a person back who was deactivated by hand',
    given: [{ users: [{ EmployeeID: 'A' }] }, inactive('A', 'hand')],
    file: { users: [{ EmployeeID: 'A', Active: '1' }] },
    then: { rows: ['A reactivated'], people: { A: { active: true } } },
  },
  {
    says: '1 for an active person and 0 for an inactive one change nothing',
    given: [{ users: [{ EmployeeID: 'A' }, { EmployeeID: 'B' }] }, { users: [{ EmployeeID: 'B', Active: '0' }] }],
    file: { users: [{ EmployeeID: 'A', Active: '1' }, { EmployeeID: 'B', Active: '0' }] },
    then: { rows: ['A unchanged', 'B unchanged'] },
  },
  {
    says: 'anything but 1 and 0 rejects the row',
    given: { users: [{ EmployeeID: 'A' }] },
    file: {
      users: [
        ...['yes', 'TRUE', 'true', '2', '01', '1.0', '-1', 'Inactive', 'x'].map((Active, index) => ({ EmployeeID: `B${index}`, Active })),
        { EmployeeID: 'A', Active: 'FALSE', Language: 'sv' },
        { EmployeeID: 'C', Active: ' 1 ' },
      ],
    },
    then: {
      rows: [
        ...Array.from({ length: 9 }, (_, index) => `B${index} rejected validateActive@Active`),
        'A rejected validateActive@Active',
        'C created',
      ],
    },
  },
  {
    says: 'a deactivated person keeps groups, and gives back the e-mail and the phone number',
    given: { groups: [{ OrgUnitID: 'G' }], users: [{ EmployeeID: 'A', Email: 'a@example.com', PhoneNumber: phone, Department: 'G' }] },
    file: {
      users: [
        { EmployeeID: 'A', PhoneNumber: '', Active: '0' },
        { EmployeeID: 'B', Email: 'a@example.com', PhoneNumber: phone, Active: '' },
      ],
    },
    then: {
      rows: ['A deactivated', 'B created'],
      people: { A: { active: false, groups: ['G'], email: 'a@example.com', phone }, B: { email: 'a@example.com', phone } },
    },
  },
  {
    says: 'nobody comes back to an e-mail that another person has by now',
    given: [
      { users: [{ EmployeeID: 'A', Email: 'shared@example.com' }] },
      { users: [{ EmployeeID: 'A', Email: 'shared@example.com', Active: '0' }, { EmployeeID: 'B', Email: 'shared@example.com' }] },
    ],
    file: { users: [{ EmployeeID: 'A', Email: 'shared@example.com', Active: '1' }] },
    then: { rows: ['A rejected validateNoEmailDuplicates@Email'], people: { A: { active: false }, B: { active: true } } },
  },
]);
