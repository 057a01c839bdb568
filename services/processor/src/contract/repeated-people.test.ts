import { chapter } from './testing/chapter.ts';
import { phoneNumber } from './testing/companies.ts';
import type { Case, Row } from './testing/words.ts';

const groups = [{ OrgUnitID: 'G', Name: 'Garden' }, { OrgUnitID: 'H', Name: 'House' }, { OrgUnitID: 'K', Name: 'Kitchen' }];
const given = { groups, users: [{ EmployeeID: 'M' }, { EmployeeID: 'N' }] };

/** Two rows of `A` that differ in nothing but this, rejected together, each naming the other; `B` between them applies. */
function disagreement(column: string, one: Row, other: Row, more: Pick<Case, 'then'>['then'] = {}): Case {
  const row = { row: `A rejected validateNoConflictingRows@${column}`, names: ['A', 'rows 2, 4'] };
  return {
    says: `is rejected in all rows that disagree about ${column}, each naming the other`,
    given,
    file: { users: [{ EmployeeID: 'A', ...one }, { EmployeeID: 'B' }, { EmployeeID: 'A', ...other }] },
    then: { rows: [row, 'B created', row], ...more },
  };
}

chapter('A person in several rows', [
  {
    says: 'is one person, and all rows have one result',
    given,
    file: { users: [{ EmployeeID: 'A' }, { EmployeeID: 'B' }, { EmployeeID: 'A' }, { EmployeeID: 'A' }] },
    then: { rows: ['A created', 'B created', 'A created', 'A created'], changes: { usersCreated: 2 } },
  },
  {
    says: 'has the groups of all rows and of all group columns',
    given,
    file: { users: [{ EmployeeID: 'A', Department: ['G', 'H'] }, { EmployeeID: 'A', Department: ['', 'K'] }, { EmployeeID: 'A', Department: 'G' }] },
    then: { rows: ['A created', 'A created', 'A created'], people: { A: { groups: ['G', 'H', 'K'] } } },
  },
  {
    says: 'has the groups of the rows that name any, and loses those that none names',
    given: [given, { users: [{ EmployeeID: 'A', Department: ['G', 'H'] }] }],
    file: { users: [{ EmployeeID: 'A', Department: 'H' }, { EmployeeID: 'A', Department: '' }, { EmployeeID: 'A', Department: 'K' }] },
    then: { rows: ['A updated', 'A updated', 'A updated'], people: { A: { groups: ['H', 'K'] } } },
  },
  {
    says: 'keeps the groups when no row has a group cell',
    given: [given, { users: [{ EmployeeID: 'A', Department: ['G', 'H'] }] }],
    file: { users: [{ EmployeeID: 'A', Department: '', Language: 'sv' }, { EmployeeID: 'A', Department: '' }] },
    then: { rows: ['A updated', 'A updated'], people: { A: { groups: ['G', 'H'], language: 'sv' } } },
  },
  {
    says: 'goes by Department before DepartmentName within one row, and by the name in a row without Department',
    given,
    file: {
      users: [
        { EmployeeID: 'A', Department: 'G', DepartmentName: 'Kitchen' },
        { EmployeeID: 'A', Department: '', DepartmentName: 'House' },
      ],
    },
    then: { rows: ['A created', 'A created'], people: { A: { groups: ['G', 'H'] } } },
  },
  {
    says: 'has a manager for the groups of each row',
    given,
    file: {
      users: [
        { EmployeeID: 'A', Department: 'G', EmployeeManagerID: 'M' },
        { EmployeeID: 'A', Department: ['H', 'K'], EmployeeManagerID: 'N' },
      ],
    },
    then: { rows: ['A created', 'A created'], groups: { G: { managers: ['M'] }, H: { managers: ['N'] }, K: { managers: ['N'] } } },
  },
  {
    says: 'has no manager for the groups of a row that names none',
    given,
    file: { users: [{ EmployeeID: 'A', Department: 'G', EmployeeManagerID: 'M' }, { EmployeeID: 'A', Department: 'H', EmployeeManagerID: '' }] },
    then: { rows: ['A created', 'A created'], groups: { G: { managers: ['M'] }, H: { managers: [] } } },
  },
  {
    says: 'may name a manager by id in one row and by name in another',
    given,
    file: {
      users: [
        { EmployeeID: 'A', Department: 'G', EmployeeManagerID: 'M', EmployeeManagerName: '' },
        { EmployeeID: 'A', Department: 'H', EmployeeManagerID: '', EmployeeManagerName: 'first n' },
      ],
    },
    then: { rows: ['A created', 'A created'], groups: { G: { managers: ['M'] }, H: { managers: ['N'] } } },
  },
  {
    says: 'takes each value from the row that has it, since empty never disagrees',
    given,
    file: {
      users: [
        { EmployeeID: 'A', Email: '', PhoneNumber: phoneNumber(5), IsManager: '1', Language: '', Active: '', City: 'Lund' },
        { EmployeeID: 'A', Email: 'a@example.com', PhoneNumber: '', IsManager: '', Language: 'sv', Active: '1', City: '', Town: 'Old' },
      ],
    },
    then: {
      rows: ['A created', 'A created'],
      fileIssues: [{ code: 'validateNewAttributes', column: 'City' }, { code: 'validateNewAttributes', column: 'Town' }],
      people: {
        A: { email: 'a@example.com', phone: phoneNumber(5), isManager: true, language: 'sv', active: true, attributes: { City: 'Lund', Town: 'Old' } },
      },
    },
  },
  {
    says: 'is compared after normalising: what is written in two ways is one value',
    given,
    file: {
      users: [
        { EmployeeID: 'A', FirstName: 'Åsa', Email: 'a@bücher.example', PhoneNumber: '+46 70 174 06 05', Language: 'EN-gb', City: 'Malmö' },
        { EmployeeID: ' A ', FirstName: ' A\u030Asa\u00A0', Email: 'A@XN--BCHER-KVA.example', PhoneNumber: phoneNumber(5), Language: 'en-GB', City: ' Malmo\u0308' },
      ],
    },
    then: {
      rows: ['A created', 'A created'],
      fileIssues: [{ code: 'validateNewAttributes', column: 'City' }],
      people: { A: { firstName: 'Åsa', phone: phoneNumber(5), language: 'en-GB', attributes: { City: 'Malmö' } } },
    },
  },
  disagreement('FirstName', { FirstName: 'Ada' }, { FirstName: 'Eda' }),
  disagreement('LastName', { LastName: 'Berg' }, { LastName: 'berg' }),
  disagreement('Email', {}, { Email: 'other@example.com' }),
  disagreement('PhoneNumber', { PhoneNumber: phoneNumber(5) }, { PhoneNumber: phoneNumber(6) }),
  disagreement('IsManager', { IsManager: '1' }, { IsManager: '0' }),
  disagreement('Active', { Active: '1' }, { Active: '0' }),
  disagreement('Language', { Language: 'sv' }, { Language: 'sv-FI' }),
  disagreement('City', { City: 'Lund' }, { City: 'lund' }, { fileIssues: [{ code: 'validateNewAttributes', column: 'City' }] }),
  {
    says: 'is rejected in every row, also in one that agrees with all others, and about each column in which two disagree',
    given,
    file: {
      users: [
        { EmployeeID: 'A', Language: 'sv', IsManager: '1' },
        { EmployeeID: 'A', Language: '', IsManager: '' },
        { EmployeeID: 'A', Language: 'da', IsManager: '0' },
      ],
    },
    then: {
      rows: Array.from({ length: 3 }, () => ({
        row: 'A rejected validateNoConflictingRows@IsManager validateNoConflictingRows@Language',
        names: ['rows 2, 3, 4'],
      })),
    },
  },
  {
    says: 'is rejected in all rows when one has an error; the others name that one',
    given: [given, { users: [{ EmployeeID: 'A' }] }],
    file: { users: [{ EmployeeID: 'A', Department: 'G', Active: '' }, { EmployeeID: 'A', Department: 'H', Active: 'maybe' }, { EmployeeID: 'B' }] },
    then: {
      rows: [{ row: 'A rejected validateRowsTogether', names: ['A', 'row 3'] }, 'A rejected validateActive@Active', 'B created'],
      people: { A: { groups: [] } },
    },
  },
  {
    says: 'leaves the directory as it is when its rows disagree',
    given: [given, { users: [{ EmployeeID: 'A', Department: 'G', EmployeeManagerID: 'M', Language: 'sv' }] }],
    file: { users: [{ EmployeeID: 'A', Department: 'H', Language: 'da' }, { EmployeeID: 'A', Department: 'K', Language: 'nb' }] },
    then: {
      rows: ['A rejected validateNoConflictingRows@Language', 'A rejected validateNoConflictingRows@Language'],
      people: { A: { language: 'sv', groups: ['G'] } },
      groups: { G: { managers: ['M'] } },
    },
  },
  {
    says: 'is told apart by the exact id',
    given,
    file: { users: [{ EmployeeID: 'A' }, { EmployeeID: 'a', Email: 'small@example.com' }, { EmployeeID: 'A1' }] },
    then: { rows: ['A created', 'a created', 'A1 created'] },
  },
  {
    says: 'is no matter of groups: rows of one group that agree are one group, and those that disagree are rejected together',
    given,
    file: {
      groups: [
        { OrgUnitID: 'P', Name: 'Park', Description: 'Trees', ParentOrgUnit: '' },
        { OrgUnitID: 'Q', Name: 'Quay' },
        { OrgUnitID: 'P', Name: 'Park', Description: '', ParentOrgUnit: 'G' },
        { OrgUnitID: 'Q', Name: 'Quays' },
      ],
    },
    then: {
      groupRows: [
        'P created',
        { row: 'Q rejected validateNoConflictingRows@Name', names: ['Q', 'rows 3, 5'] },
        'P created',
        { row: 'Q rejected validateNoConflictingRows@Name', names: ['Q', 'rows 3, 5'] },
      ],
      groups: { P: { name: 'Park', description: 'Trees', parent: 'G' } },
    },
  },
]);
