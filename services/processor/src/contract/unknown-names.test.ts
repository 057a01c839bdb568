import { chapter } from './testing/chapter.ts';

const given = {
  groups: [{ OrgUnitID: 'G', Name: 'Garden' }, { OrgUnitID: 'H', Name: 'House' }],
  users: [{ EmployeeID: 'A', Department: 'G', City: 'Lund' }],
};
const unknownId = (result: string): string => `${result} validateGroupExists@Department`;
const unknownName = (result: string): string => `${result} validateGroupExists@DepartmentName`;
const cityIsNew = [{ code: 'validateNewAttributes', column: 'City' }] as const;

chapter('Groups and attributes that nobody knows', [
  {
    says: 'groups are made by default, once each, with a warning on every row that names one',
    given,
    file: {
      users: [
        { EmployeeID: 'A', Department: ['NEW', 'H'], DepartmentName: '' },
        { EmployeeID: 'B', Department: ['NEW', ''], DepartmentName: '' },
        { EmployeeID: 'C', Department: ['', ''], DepartmentName: 'Newer team' },
        { EmployeeID: 'D', Department: ['', ''], DepartmentName: 'NEWER TEAM' },
      ],
    },
    then: {
      rows: [{ row: unknownId('A updated'), names: ['NEW'] }, unknownId('B created'), { row: unknownName('C created'), names: ['Newer team'] }, unknownName('D created')],
      people: { A: { groups: ['H', 'NEW'] }, B: { groups: ['NEW'] }, C: { groups: ['Newer team'] }, D: { groups: ['Newer team'] } },
      groups: { NEW: { parent: null, description: null, managers: [] }, 'Newer team': { externalId: null, parent: null } },
      changes: { groupsCreated: 2 },
    },
  },
  {
    says: 'groups are made with the manager whom the row names for its groups',
    given,
    file: { users: [{ EmployeeID: 'B', Department: 'NEW', EmployeeManagerID: 'A' }] },
    then: { rows: [unknownId('B created')], groups: { NEW: { managers: ['A'] } } },
  },
  {
    says: 'groups are left out where the feed skips them: groups are added and none removed',
    given,
    policy: { unknownGroup: 'skip' },
    file: { users: [{ EmployeeID: 'A', Department: ['H', 'NEW'] }, { EmployeeID: 'B', Department: ['NEW', 'G'] }] },
    then: { rows: [unknownId('A updated'), unknownId('B created')], people: { A: { groups: ['G', 'H'] }, B: { groups: ['G'] } } },
  },
  {
    says: 'groups are left out by name too where the feed skips them',
    given,
    policy: { unknownGroup: 'skip' },
    file: { users: [{ EmployeeID: 'A', DepartmentName: ['Nowhere', 'House'] }, { EmployeeID: 'B', DepartmentName: 'Nowhere' }] },
    then: { rows: [unknownName('A updated'), unknownName('B created')], people: { A: { groups: ['G', 'H'] }, B: { groups: [] } } },
  },
  {
    says: 'groups reject the row where the feed says so, and nothing else',
    given,
    policy: { unknownGroup: 'reject' },
    file: {
      users: [
        { EmployeeID: 'A', Department: ['H', 'NEW'], DepartmentName: '', Language: 'sv' },
        { EmployeeID: 'B', Department: ['', ''], DepartmentName: 'Nowhere' },
        { EmployeeID: 'C', Department: ['H', ''], DepartmentName: '' },
        { EmployeeID: 'D', Department: ['H', ''], DepartmentName: 'Nowhere' },
      ],
    },
    then: {
      rows: [{ row: unknownId('A rejected'), names: ['NEW'] }, { row: unknownName('B rejected'), names: ['Nowhere'] }, 'C created', 'D created'],
      people: { A: { groups: ['G'], language: null }, C: { groups: ['H'] }, D: { groups: ['H'] } },
    },
  },
  {
    says: 'groups are not made for a row that is rejected',
    given,
    file: { users: [{ EmployeeID: 'B', Department: 'NEW', Active: 'maybe' }, { EmployeeID: 'C', Department: 'H', Active: '' }] },
    then: { rows: ['B rejected validateActive@Active validateGroupExists@Department', 'C created'], groups: { NEW: null } },
  },
  {
    says: 'attributes are defined on first sight, with one warning for the file',
    file: { users: [{ EmployeeID: 'A', City: 'Lund', 'Cost center': '007' }, { EmployeeID: 'B', City: 'Malmö' }] },
    then: {
      rows: ['A created', 'B created'],
      fileIssues: [...cityIsNew, { code: 'validateNewAttributes', column: 'Cost center' }],
      people: { A: { attributes: { City: 'Lund', 'Cost center': '007' } }, B: { attributes: { City: 'Malmö' } } },
      changes: { attributesDefined: 2 },
    },
  },
  {
    says: 'attributes are not new the second time, also when the header is written in another Unicode form or among spaces',
    given: { users: [{ EmployeeID: 'A', Ålder: '30' }] },
    file: { users: [{ EmployeeID: 'A', ' A\u030Alder\u00A0': '31' }] },
    then: { rows: ['A updated'], people: { A: { attributes: { Ålder: '31' } } }, changes: { attributesDefined: 0 } },
  },
  {
    says: 'attributes stay beside those that the file does not name',
    given,
    file: { users: [{ EmployeeID: 'A', Floor: '3' }] },
    then: {
      rows: ['A updated'],
      fileIssues: [{ code: 'validateNewAttributes', column: 'Floor' }],
      people: { A: { attributes: { City: 'Lund', Floor: '3' } } },
    },
  },
  {
    says: 'attributes reject the rows that give them a value where the feed is strict, and no others; those that are known pass',
    given,
    policy: { unknownAttribute: 'strict' },
    file: {
      users: [
        { EmployeeID: 'A', City: 'Ystad', Floor: '3' },
        { EmployeeID: 'B', City: 'Ystad', Floor: '' },
        { EmployeeID: 'C', City: '', Floor: '3' },
      ],
    },
    then: {
      rows: [{ row: 'A rejected validateExternalProperties@Floor', names: ['Floor'] }, 'B created', 'C rejected validateExternalProperties@Floor'],
      people: { A: { attributes: { City: 'Lund' } }, B: { attributes: { City: 'Ystad' } } },
      changes: { attributesDefined: 0 },
    },
  },
  {
    says: 'attributes keep any name and any text',
    file: { users: [{ EmployeeID: 'A', __proto__x: 'x', constructor: 'y', '%': '=1+1', 'Room 1': 'null' }] },
    then: {
      rows: ['A created'],
      fileIssues: ['%', 'Room 1', '__proto__x', 'constructor'].map((column) => ({ code: 'validateNewAttributes', column }) as const),
      people: { A: { attributes: { __proto__x: 'x', constructor: 'y', '%': '=1+1', 'Room 1': 'null' } } },
    },
  },
]);
