import { chapter } from './testing/chapter.ts';
import { wholeCompany, wholePerson, wholePersonShown, phoneNumber } from './testing/companies.ts';
import type { Row } from './testing/words.ts';

const { EmployeeID, FirstName, LastName, Email, PhoneNumber } = wholePerson as Record<string, string>;
const fixed: Row = { EmployeeID, FirstName, LastName } as Row;
const garden = { name: 'Garden', description: 'All that grows', parent: 'H', managers: ['M', 'N'] };
const others = { IsManager: '', Department: '', DepartmentName: '', EmployeeManagerID: '', EmployeeManagerName: '', Active: '', Language: '', City: '' };
const leftAlone = { rows: ['A unchanged'], people: { A: wholePersonShown }, groups: { G: garden } };

chapter('An empty cell', [
  {
    says: 'leaves every value of a person as it is',
    given: wholeCompany,
    file: { users: [{ ...fixed, Email: '', PhoneNumber: PhoneNumber ?? '', ...others }] },
    then: leftAlone,
  },
  {
    says: 'in PhoneNumber leaves the number',
    given: wholeCompany,
    file: { users: [{ ...fixed, Email: Email ?? '', PhoneNumber: '' }] },
    then: leftAlone,
  },
  {
    says: 'may hold spaces and no-break spaces',
    given: wholeCompany,
    file: { users: [{ ...fixed, Email: '  ', PhoneNumber: PhoneNumber ?? '', Department: ' ', Active: ' \u00A0', Language: '\u00A0', City: ' ' }] },
    then: leftAlone,
  },
  {
    says: 'is as a column that is missing',
    given: wholeCompany,
    file: { users: [{ ...fixed, Email: Email ?? '' }] },
    then: leftAlone,
  },
  {
    says: 'leaves its value, and the filled cells beside it apply',
    given: wholeCompany,
    file: { users: [{ ...fixed, Email: 'new@example.com', PhoneNumber: '', Language: '', City: 'Malmö', IsManager: '0' }] },
    then: {
      rows: ['A updated'],
      people: { A: { ...wholePersonShown, email: 'new@example.com', isManager: false, attributes: { City: 'Malmö' } } },
      groups: { G: garden },
    },
  },
  {
    says: 'leaves description, manager and parent of a group',
    given: wholeCompany,
    file: { groups: [{ OrgUnitID: 'G', Name: 'Garden', Description: '', ResponsibleManager: '', ParentOrgUnit: '' }] },
    then: { groupRows: ['G unchanged'], groups: { G: garden } },
  },
  {
    says: 'in ParentOrgUnit leaves a known group where it is, also when its other values change',
    given: wholeCompany,
    file: { groups: [{ OrgUnitID: 'G', Name: 'Park', Description: 'Trees', ParentOrgUnit: '' }] },
    then: { groupRows: ['G updated'], groups: { G: { ...garden, name: 'Park', description: 'Trees' } } },
  },
  {
    says: 'in ParentOrgUnit makes a new group a root',
    given: wholeCompany,
    file: { groups: [{ OrgUnitID: 'R', Name: 'Roof', ParentOrgUnit: '' }] },
    then: { groupRows: ['R created'], groups: { R: { name: 'Roof', description: null, parent: null, managers: [] } } },
  },
  {
    says: 'gives a new person no value',
    file: { users: [{ ...fixed, Email: '', PhoneNumber: phoneNumber(9), ...others }] },
    then: {
      rows: ['A created'],
      fileIssues: [{ code: 'validateNewAttributes', column: 'City' }],
      people: { A: { ...wholePersonShown, email: null, phone: phoneNumber(9), isManager: false, language: null, attributes: {}, groups: [] } },
    },
  },
  {
    says: 'is refused where a value is mandatory, also for a person who is known',
    given: wholeCompany,
    file: {
      users: [
        { EmployeeID: 'A', FirstName: '', LastName: 'Berg', City: 'Malmö' },
        { EmployeeID: 'B', FirstName: 'Bo', LastName: ' ' },
        { EmployeeID: '', FirstName: 'Cia', LastName: 'Ek' },
        { EmployeeID: 'D', FirstName: '', LastName: '', Email: '' },
      ],
    },
    then: {
      rows: [
        'A rejected validateMandatoryValues@FirstName',
        'B rejected validateMandatoryValues@LastName',
        '? rejected validateMandatoryValues@EmployeeID',
        'D rejected validateMandatoryValues@FirstName validateMandatoryValues@LastName validateEmailOrPhoneNumber',
      ],
    },
  },
  {
    says: 'is refused in both Email and PhoneNumber, since one of them must have a value',
    given: wholeCompany,
    file: {
      users: [
        { ...fixed, Email: '', PhoneNumber: '' },
        { EmployeeID: 'B', Email: ' ', PhoneNumber: '\u00A0' },
        { EmployeeID: 'C', Email: '', PhoneNumber: phoneNumber(10) },
        { EmployeeID: 'D', Email: 'd@example.com', PhoneNumber: '' },
      ],
    },
    then: { rows: ['A rejected validateEmailOrPhoneNumber', 'B rejected validateEmailOrPhoneNumber', 'C created', 'D created'] },
  },
  {
    says: 'in Email is refused where there is no column PhoneNumber',
    file: { users: [{ EmployeeID: 'A', Email: '' }, { EmployeeID: 'B' }] },
    then: { rows: ['A rejected validateEmailOrPhoneNumber', 'B created'] },
  },
  {
    says: 'is refused in OrgUnitID and Name',
    given: wholeCompany,
    file: { groups: [{ OrgUnitID: '', Name: 'Nameless' }, { OrgUnitID: 'G', Name: '' }, { OrgUnitID: 'R', Name: 'Roof' }] },
    then: {
      groupRows: ['? rejected validateMandatoryValues@OrgUnitID', 'G rejected validateMandatoryValues@Name', 'R created'],
      groups: { G: garden },
    },
  },
]);
