import { chapter } from './testing/chapter.ts';
import { phoneNumber, wholeCompany, wholePerson, wholePersonShown } from './testing/companies.ts';
import type { Case, Row } from './testing/words.ts';

const { EmployeeID, FirstName, LastName, Email, PhoneNumber } = wholePerson as Record<string, string>;
const known: Row = { EmployeeID, FirstName, LastName, Email, PhoneNumber } as Row;
const token = '#CLEAR';
const policy = { clearToken: token };
const garden = { name: 'Garden', description: 'All that grows', parent: 'H', managers: ['M', 'N'] };

/** The token in one cell of the person empties that value and leaves all others. */
const values: readonly Case[] = [
  { column: 'Email', after: { email: null } },
  { column: 'PhoneNumber', after: { phone: null } },
  { column: 'IsManager', after: { isManager: false } },
  { column: 'Language', after: { language: null } },
  { column: 'City', after: { attributes: {} } },
].map(({ column, after }) => ({
  says: `in ${column} empties the value and no other`,
  given: wholeCompany,
  policy,
  file: { users: [{ ...known, [column]: token }] },
  then: { rows: ['A updated'], people: { A: { ...wholePersonShown, ...after } }, groups: { G: garden } },
}));

/** The token in one cell of the group empties that value and leaves all others. */
const groupValues: readonly Case[] = [
  { column: 'Description', after: { description: null } },
  { column: 'ResponsibleManager', after: { managers: ['M'] } },
  { column: 'ParentOrgUnit', after: { parent: null } },
].map(({ column, after }) => ({
  says: `in ${column} empties the value and no other`,
  given: wholeCompany,
  policy,
  file: { groups: [{ OrgUnitID: 'G', Name: 'Garden', [column]: token }] },
  then: { groupRows: ['G updated'], groups: { G: { ...garden, ...after } } },
}));

chapter('The clear token of a feed', [
  ...values,
  ...groupValues,
  {
    says: 'in the group cells takes the person out of all groups, and the manager whom the row had named with them',
    given: wholeCompany,
    policy,
    file: { users: [{ ...known, Department: token }] },
    then: { rows: ['A updated'], people: { A: { ...wholePersonShown, groups: [] } }, groups: { G: { ...garden, managers: ['N'] } } },
  },
  {
    says: 'beside a group leaves that group',
    given: wholeCompany,
    policy,
    file: { users: [{ ...known, Department: [token, 'H'] }] },
    then: { rows: ['A updated'], people: { A: { groups: ['H'] } }, groups: { G: { managers: ['N'] } } },
  },
  {
    says: 'in EmployeeManagerID withdraws the manager',
    given: wholeCompany,
    policy,
    file: { users: [{ ...known, EmployeeManagerID: token }] },
    then: { rows: ['A updated'], people: { A: wholePersonShown }, groups: { G: { ...garden, managers: ['N'] } } },
  },
  {
    says: 'in EmployeeManagerName withdraws the manager where the id is empty',
    given: wholeCompany,
    policy,
    file: { users: [{ ...known, EmployeeManagerID: '', EmployeeManagerName: token }] },
    then: { rows: ['A updated'], groups: { G: { managers: ['N'] } } },
  },
  {
    says: 'is no value where one is mandatory',
    given: wholeCompany,
    policy,
    file: {
      users: [
        { ...known, FirstName: token },
        { EmployeeID: token, FirstName: 'Bo', LastName: token },
        { EmployeeID: 'C', Email: token, PhoneNumber: '' },
        { EmployeeID: 'D', Email: '', PhoneNumber: token },
      ],
    },
    then: {
      rows: [
        'A rejected validateMandatoryValues@FirstName',
        '? rejected validateMandatoryValues@EmployeeID validateMandatoryValues@LastName',
        'C rejected validateEmailOrPhoneNumber',
        'D rejected validateEmailOrPhoneNumber',
      ],
    },
  },
  {
    says: 'is no id and no name of a group either',
    given: wholeCompany,
    policy,
    file: { groups: [{ OrgUnitID: token, Name: 'Roof' }, { OrgUnitID: 'G', Name: token }] },
    then: { groupRows: ['? rejected validateMandatoryValues@OrgUnitID', 'G rejected validateMandatoryValues@Name'], groups: { G: garden } },
  },
  {
    says: 'gives a new person no value',
    policy,
    file: { users: [{ EmployeeID: 'B', Email: token, PhoneNumber: phoneNumber(9), IsManager: token, Department: token, Language: token }] },
    then: { rows: ['B created'], people: { B: { email: null, phone: phoneNumber(9), isManager: false, language: null, groups: [] } } },
  },
  {
    says: 'must be the whole cell, but for spaces around it',
    given: wholeCompany,
    policy,
    file: { users: [{ ...known, Language: ` ${token}\u00A0`, City: `${token}!` }] },
    then: { rows: ['A updated'], people: { A: { ...wholePersonShown, language: null, attributes: { City: `${token}!` } } } },
  },
  {
    says: 'is told apart by case',
    given: wholeCompany,
    policy,
    file: { users: [{ ...known, City: '#clear' }] },
    then: { rows: ['A updated'], people: { A: { attributes: { City: '#clear' } } } },
  },
  {
    says: 'is a text like any other where the feed names none',
    given: wholeCompany,
    file: { users: [{ ...known, City: token }, { EmployeeID: 'B', Language: token }] },
    then: { rows: ['A updated', 'B rejected validateLanguage@Language'], people: { A: { attributes: { City: token } } } },
  },
  {
    says: 'may be any text, such as a hyphen',
    given: wholeCompany,
    policy: { clearToken: '-' },
    file: { users: [{ ...known, City: '-', Language: '-' }] },
    then: { rows: ['A updated'], people: { A: { attributes: {}, language: null } } },
  },
  {
    says: 'in one row of a person and nothing in another empties the value; against a value it is a disagreement',
    given: wholeCompany,
    policy,
    file: {
      users: [
        { ...known, Language: token },
        { ...known, Language: '' },
        { EmployeeID: 'B', Language: token },
        { EmployeeID: 'B', Language: 'sv' },
      ],
    },
    then: {
      rows: [
        'A updated',
        'A updated',
        { row: 'B rejected validateNoConflictingRows@Language', names: ['rows 4, 5'] },
        { row: 'B rejected validateNoConflictingRows@Language', names: ['rows 4, 5'] },
      ],
      people: { A: { language: null } },
    },
  },
  {
    says: 'gives an e-mail back, which another person can take in the same file',
    given: wholeCompany,
    policy,
    file: { users: [{ ...known, Email: token }, { EmployeeID: 'B', Email: Email ?? '' }] },
    then: { rows: ['A updated', 'B created'], people: { A: { email: null }, B: { email: 'ada@example.com' } } },
  },
]);
