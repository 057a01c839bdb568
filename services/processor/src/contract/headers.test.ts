import type { Table } from '@rosterport/fixtures';
import { chapter } from './testing/chapter.ts';
import { wholePersonShown } from './testing/companies.ts';
import { refusals, type FileFinding, type Refusal } from './testing/refusals.ts';
import type { Case } from './testing/words.ts';

const fixed = ['EmployeeID', 'FirstName', 'LastName', 'Email'];
const optional = [
  'PhoneNumber',
  'IsManager',
  'Department',
  'DepartmentName',
  'EmployeeManagerID',
  'EmployeeManagerName',
  'Active',
  'Language',
  'PhoneNumber(Optional)',
  'Group memberships',
  'Group Name',
  'Employee ManagerID',
];
const groupHeaders = ['OrgUnitID', 'Name', 'Description', 'ResponsibleManager', 'ParentOrgUnit'];

/** A table with the header and one row, whose cells matter to nobody. */
function table(sheet: Table['sheet'], header: readonly string[]): Table {
  return { sheet, header, rows: [header.map((_, position) => (position === 3 ? '' : `x${position}`))] };
}
const users = (...header: string[]): readonly Table[] => [table('Users', header)];
const groups = (...header: string[]): readonly Table[] => [table('Groups', header)];

const whole = {
  EmployeeID: 'A',
  FirstName: 'Ada',
  LastName: 'Berg',
  Email: 'ada@example.com',
  PhoneNumber: '+46 70 174 06 05',
  IsManager: '1',
  Department: ['G', 'H'],
  DepartmentName: ['', 'Kitchen'],
  EmployeeManagerID: 'M',
  EmployeeManagerName: 'Nina Ek',
  Active: '1',
  Language: 'sv',
  City: 'Lund',
};
const given = { groups: ['G', 'H', 'K'].map((OrgUnitID) => ({ OrgUnitID })), users: [{ EmployeeID: 'M' }] };
const cityIsNew = [{ code: 'validateNewAttributes', column: 'City' }] as const;
const created: Case['then'] = {
  rows: ['A created'],
  fileIssues: cityIsNew,
  people: { A: { ...wholePersonShown, groups: ['G', 'H'] } },
  groups: { G: { managers: ['M'] }, H: { managers: ['M'] } },
};

chapter('Headers', [
  { says: 'of either dialect are understood in every format, and may be mixed', given, file: { users: [whole] }, then: created },
  {
    says: 'but for the first four may stand in any order',
    given,
    file: { users: [Object.fromEntries([...Object.entries(whole).slice(0, 4), ...Object.entries(whole).slice(4).reverse()])] },
    then: created,
  },
  {
    says: 'are compared without the spaces around them',
    given,
    file: {
      users: [
        { EmployeeID: 'A', FirstName: 'Ada', LastName: 'Berg', Email: 'ada@example.com', ' Language': 'sv', '\u00A0Active ': '1', 'IsManager\u00A0': '1', ' City ': 'Lund' },
      ],
    },
    then: { rows: ['A created'], fileIssues: cityIsNew, people: { A: { language: 'sv', isManager: true, attributes: { City: 'Lund' } } } },
  },
  {
    says: 'are compared without a byte order mark',
    file: { users: [{ EmployeeID: 'A', '\uFEFFLanguage': 'sv' }] },
    then: { rows: ['A created'], people: { A: { language: 'sv', attributes: {} } } },
  },
  {
    says: 'of the group columns may be repeated as often as need be',
    given,
    file: { users: [{ EmployeeID: 'A', Department: ['', 'G', '', 'H', '', 'K'], DepartmentName: ['', ''] }, { EmployeeID: 'B', DepartmentName: ['Group G', 'Group K'] }] },
    then: { rows: ['A created', 'B created'], people: { A: { groups: ['G', 'H', 'K'] }, B: { groups: ['G', 'K'] } } },
  },
  {
    says: 'that are no known ones and not nearly so are attributes',
    file: {
      users: [
        { EmployeeID: 'A', Title: 't', Phone: 'p', Mobile: 'm', Manager: 'b', Team: 'e', Name: 'n', Group: 'g', Country: 'c', IsActive: 'y', Description: 'd', ManagerID: 'i' },
      ],
    },
    then: {
      rows: ['A created'],
      fileIssues: ['Title', 'Phone', 'Mobile', 'Manager', 'Team', 'Name', 'Group', 'Country', 'IsActive', 'Description', 'ManagerID'].map(
        (column) => ({ code: 'validateNewAttributes', column }) as const,
      ),
      people: {
        A: {
          phone: null,
          attributes: { Title: 't', Phone: 'p', Mobile: 'm', Manager: 'b', Team: 'e', Name: 'n', Group: 'g', Country: 'c', IsActive: 'y', Description: 'd', ManagerID: 'i' },
        },
      },
    },
  },
  {
    says: 'of groups are five',
    file: { groups: [{ OrgUnitID: 'G', Name: 'Garden', Description: 'All that grows', ResponsibleManager: '', ParentOrgUnit: '' }] },
    then: { groupRows: ['G created'], groups: { G: { name: 'Garden', description: 'All that grows', parent: null } } },
  },
]);

/** Each header written with the same slip: all are findings that name the one meant, and none is an attribute. */
function slips(says: string, slip: (header: string) => string): Refusal[] {
  const misspelt = (headers: readonly string[]): { header: string[]; then: FileFinding[] } => {
    const pairs = headers.map((header) => [header, slip(header)] as const).filter(([header, written]) => header !== written);
    return { header: pairs.map(([, written]) => written), then: pairs.map(([header, written]) => ['validateColumnNames', written, header]) };
  };
  const [ofUsers, ofGroups] = [misspelt([...fixed.slice(1), ...optional]), misspelt(groupHeaders.slice(1))];
  return [
    { says: `${says}, are findings`, tables: users('EmployeeID', ...ofUsers.header), then: ofUsers.then },
    { says: `${says}, are findings among those of groups too`, tables: groups('OrgUnitID', ...ofGroups.header), then: ofGroups.then },
  ];
}

const without = (header: string): string[] => fixed.filter((name) => name !== header);
const groupsWithout = (header: string): string[] => groupHeaders.filter((name) => name !== header);

refusals('Headers that refuse the file', [
  ...slips('in lower case', (header) => header.toLowerCase()),
  ...slips('in upper case', (header) => header.toUpperCase()),
  ...slips('with a space too many', (header) => `${header.slice(0, 1)} ${header.slice(1)}`),
  ...slips('with a hyphen too many', (header) => `${header.slice(0, 2)}-${header.slice(2)}`),
  ...slips('with a dot behind', (header) => `${header}.`),
  ...slips('without one letter', (header) => `${header.slice(0, 2)}${header.slice(3)}`),
  ...slips('with one letter too many', (header) => `${header.slice(0, 3)}q${header.slice(3)}`),
  ...slips('with one other letter', (header) => `${header.slice(0, 1)}q${header.slice(2)}`),
  ...slips('with two letters in the wrong order', (header) => `${header.slice(0, 2)}${header.slice(3, 4)}${header.slice(2, 3)}${header.slice(4)}`),
  ...slips('in the wrong case and with one other letter', (header) => `q${header.slice(1).toUpperCase()}`),
  ...['employeeID', 'Employee_ID', 'EmployeID', 'EmployeeIDs', 'EmpolyeeID'].map((header): Refusal => ({
    says: `like ${header} in the first place are findings`,
    tables: users(header, ...fixed.slice(1)),
    then: [['validateColumnNames', header, 'EmployeeID']],
  })),
  { says: 'with punctuation for a space', tables: users(...fixed, 'Group_Name', 'Group-memberships'), then: [
    ['validateColumnNames', 'Group_Name', 'Group Name'], ['validateColumnNames', 'Group-memberships', 'Group memberships'],
  ] },
  ...fixed.map((header): Refusal => ({
    says: `must have ${header}`,
    tables: users(...without(header)),
    then: [['validateMandatoryColumns', null, header]],
  })),
  ...groupHeaders.map((header): Refusal => ({
    says: `of groups must have ${header}`,
    tables: groups(...groupsWithout(header)),
    then: [['validateMandatoryColumns', null, header]],
  })),
  {
    says: 'that are missing are all told',
    tables: users('EmployeeID', 'City', 'Language'),
    then: [['validateMandatoryColumns', null, 'FirstName'], ['validateMandatoryColumns', null, 'LastName'], ['validateMandatoryColumns', null, 'Email']],
  },
  {
    says: 'that have changed places are both told, with the place that each must have',
    tables: users('EmployeeID', 'LastName', 'FirstName', 'Email'),
    then: [['validateColumnPosition', 'LastName', '2', '3'], ['validateColumnPosition', 'FirstName', '3', '2']],
  },
  {
    says: 'of the first four must not stand behind another column',
    tables: users('EmployeeID', 'FirstName', 'LastName', 'City', 'Email'),
    then: [['validateColumnPosition', 'Email', '5', '4']],
  },
  {
    says: 'of the first four must not stand behind a column before them all',
    tables: users('City', ...fixed),
    then: [
      ['validateColumnPosition', 'EmployeeID', '2', '1'],
      ['validateColumnPosition', 'FirstName', '3', '2'],
      ['validateColumnPosition', 'LastName', '4', '3'],
      ['validateColumnPosition', 'Email', '5', '4'],
    ],
  },
  {
    says: 'of groups have their places',
    tables: groups('OrgUnitID', 'Name', 'ParentOrgUnit', 'Description', 'ResponsibleManager'),
    then: [
      ['validateColumnPosition', 'ParentOrgUnit', '3', '5'],
      ['validateColumnPosition', 'Description', '4', '3'],
      ['validateColumnPosition', 'ResponsibleManager', '5', '4'],
    ],
  },
  { says: 'of an attribute must not be repeated', tables: users(...fixed, 'City', 'City'), then: [['validateNoRepeatedColumns', 'City', '5', '6']] },
  { says: 'that differ in spaces around are repeated', tables: users(...fixed, 'City', ' City\u00A0'), then: [['validateNoRepeatedColumns', 'City', '5', '6']] },
  { says: 'that differ in Unicode form are repeated', tables: users(...fixed, 'Ålder', 'A\u030Alder'), then: [['validateNoRepeatedColumns', 'Ålder']] },
  { says: 'of a field must not be repeated', tables: users(...fixed, 'Language', 'Active', 'Language'), then: [['validateNoRepeatedColumns', 'Language', '5', '7']] },
  { says: 'of the first four must not be repeated', tables: users(...fixed, 'Email'), then: [['validateNoRepeatedColumns', 'Email', '4', '5']] },
  { says: 'of one field in two dialects are repeated', tables: users(...fixed, 'PhoneNumber', 'PhoneNumber(Optional)'), then: [['validateNoRepeatedColumns', 'PhoneNumber', '5', '6']] },
  { says: 'of groups must not be repeated', tables: groups(...groupHeaders, 'Name'), then: [['validateNoRepeatedColumns', 'Name', '2', '6']] },
  {
    says: 'are told of in full, whatever is wrong with them',
    tables: users('EmployeeID', 'LastName', 'FirstName', 'City', 'language', 'City', 'Aktive'),
    then: [
      ['validateMandatoryColumns', null, 'Email'],
      ['validateColumnPosition', 'LastName'],
      ['validateColumnPosition', 'FirstName'],
      ['validateColumnNames', 'language', 'Language'],
      ['validateColumnNames', 'Aktive', 'Active'],
      ['validateNoRepeatedColumns', 'City'],
    ],
  },
  {
    says: 'are told of in full in both sheets',
    tables: [table('Groups', ['OrgUnitID', 'Name', 'Description', 'ParentOrgUnit', 'ResponsibleManager']), table('Users', [...fixed, 'City', 'City'])],
    then: [['validateColumnPosition', 'ParentOrgUnit'], ['validateColumnPosition', 'ResponsibleManager'], ['validateNoRepeatedColumns', 'City']],
  },
  {
    says: 'of one sheet refuse the other sheet too, whose rows are judged all the same',
    tables: [table('Groups', groupHeaders), table('Users', without('LastName'))],
    then: [['validateMandatoryColumns', null, 'LastName']],
  },
  { says: 'must be there', tables: users('A1', 'Ada', 'Berg', 'ada@example.com'), then: [['validateHeaderRow', null]] },
  { says: 'must stand above at least one row', tables: [{ sheet: 'Users', header: fixed, rows: [] }], then: [['validateFileHasRows', null]] },
  { says: 'must stand above at least one row that holds anything', tables: [{ sheet: 'Groups', header: groupHeaders, rows: [['', ' ', '', '', '']] }], then: [['validateFileHasRows', null]] },
]);
