import { chapter } from './testing/chapter.ts';
import { groupOfAnotherSource, memberByAnotherSource } from './testing/meanwhile.ts';

const groups = [
  { OrgUnitID: 'G', Name: 'Garden' },
  { OrgUnitID: 'H', Name: 'House' },
  { OrgUnitID: 'K', Name: 'Kitchen' },
];
const given = { groups, users: [{ EmployeeID: 'A', Department: ['G', 'H'] }] };

chapter('The groups of a person', [
  {
    says: 'are those of the cells, exactly: the others are left',
    given,
    file: { users: [{ EmployeeID: 'A', Department: ['H', 'K'] }] },
    then: { rows: ['A updated'], people: { A: { groups: ['H', 'K'] } }, changes: { membershipsAdded: 1, membershipsRemoved: 1 } },
  },
  {
    says: 'stay without a group cell',
    given,
    file: { users: [{ EmployeeID: 'A', Department: ['', ''], DepartmentName: '', Language: 'sv' }] },
    then: { rows: ['A updated'], people: { A: { groups: ['G', 'H'] } } },
  },
  {
    says: 'are no change when the cells name those that are there, in any order and more than once',
    given,
    file: { users: [{ EmployeeID: 'A', Department: ['H', '', 'G', 'H'] }] },
    then: { rows: ['A unchanged'], people: { A: { groups: ['G', 'H'] } } },
  },
  {
    says: 'are named by Department before DepartmentName, also where the name would be another group or none',
    given,
    file: {
      users: [
        { EmployeeID: 'A', Department: 'K', DepartmentName: 'House' },
        { EmployeeID: 'B', Department: ['', 'K'], DepartmentName: ['Nowhere', 'Garden'] },
      ],
    },
    then: { rows: ['A updated', 'B created'], people: { A: { groups: ['K'] }, B: { groups: ['K'] } } },
  },
  {
    says: 'are named by DepartmentName where Department is empty or missing, and that may be repeated too',
    given,
    file: { users: [{ EmployeeID: 'A', Department: '', DepartmentName: ['Garden', 'Kitchen'] }, { EmployeeID: 'B', DepartmentName: 'House' }] },
    then: { rows: ['A updated', 'B created'], people: { A: { groups: ['G', 'K'] }, B: { groups: ['H'] } } },
  },
  {
    says: 'are compared by name without regard to case, spaces around and Unicode form',
    given: [given, { groups: [{ OrgUnitID: 'O', Name: 'Ökonomie' }] }],
    file: {
      users: [
        { EmployeeID: 'A', DepartmentName: ' gARDEN ' },
        { EmployeeID: 'B', DepartmentName: 'ökonomie' },
        { EmployeeID: 'C', DepartmentName: 'O\u0308KONOMIE' },
      ],
    },
    then: { rows: ['A updated', 'B created', 'C created'], people: { A: { groups: ['G'] }, B: { groups: ['O'] }, C: { groups: ['O'] } } },
  },
  {
    says: 'are compared by id with regard to case',
    given,
    policy: { unknownGroup: 'skip' },
    file: { users: [{ EmployeeID: 'B', Department: 'g' }, { EmployeeID: 'C', Department: ' G ' }] },
    then: { rows: ['B created validateGroupExists@Department', 'C created'], people: { B: { groups: [] }, C: { groups: ['G'] } } },
  },
  {
    says: 'are not found by name through the id column, nor by id through the name column',
    given,
    policy: { unknownGroup: 'skip' },
    file: { users: [{ EmployeeID: 'B', Department: 'Garden', DepartmentName: '' }, { EmployeeID: 'C', Department: '', DepartmentName: 'G' }] },
    then: {
      rows: ['B created validateGroupExists@Department', 'C created validateGroupExists@DepartmentName'],
      people: { B: { groups: [] }, C: { groups: [] } },
    },
  },
  {
    says: 'cannot be named by a name that several groups bear: the finding names it, and the id still works',
    given: [given, { groups: [{ OrgUnitID: 'G2', Name: 'GARDEN' }] }],
    file: { users: [{ EmployeeID: 'A', DepartmentName: 'Garden' }, { EmployeeID: 'B', Department: 'G2' }] },
    then: {
      rows: [{ row: 'A rejected validateGroupNameIsUnique@DepartmentName', names: ['Garden'] }, 'B created'],
      people: { A: { groups: ['G', 'H'] }, B: { groups: ['G2'] } },
    },
  },
  {
    says: 'are found by name among the groups of all sources',
    given: [given, groupOfAnotherSource('Harbour')],
    file: { users: [{ EmployeeID: 'B', DepartmentName: 'harbour' }] },
    then: { rows: ['B created'], people: { B: { groups: ['other Harbour'] } } },
  },
  {
    says: 'that another source gave stay',
    given: [given, groupOfAnotherSource('Harbour'), memberByAnotherSource('A', 'Harbour'), memberByAnotherSource('A', 'Kitchen')],
    file: { users: [{ EmployeeID: 'A', Department: 'G' }] },
    then: { rows: ['A updated'], people: { A: { groups: ['G', 'K', 'other Harbour'] } } },
  },
  {
    says: 'that another source gave too are lost to this source alone',
    given: [given, memberByAnotherSource('A', 'House')],
    file: { users: [{ EmployeeID: 'A', Department: 'G' }] },
    then: { rows: ['A updated'], people: { A: { groups: ['G', 'H'] } }, changes: { membershipsRemoved: 1 } },
  },
  {
    says: 'that stand in the same workbook are there already, whichever sheet comes first',
    file: {
      groups: [{ OrgUnitID: 'N', Name: 'North' }, { OrgUnitID: 'S', Name: 'South' }],
      users: [{ EmployeeID: 'A', Department: 'N', DepartmentName: '' }, { EmployeeID: 'B', Department: '', DepartmentName: 'south' }],
    },
    then: { groupRows: ['N created', 'S created'], rows: ['A created', 'B created'], people: { A: { groups: ['N'] }, B: { groups: ['S'] } } },
  },
  {
    says: 'bear the names that the same workbook gives them',
    given,
    policy: { unknownGroup: 'skip' },
    file: {
      groups: [{ OrgUnitID: 'G', Name: 'Park' }],
      users: [{ EmployeeID: 'B', DepartmentName: 'park' }, { EmployeeID: 'C', DepartmentName: 'garden' }],
    },
    then: {
      groupRows: ['G updated'],
      rows: ['B created', 'C created validateGroupExists@DepartmentName'],
      people: { B: { groups: ['G'] }, C: { groups: [] } },
      groups: { G: { name: 'Park' } },
    },
  },
]);
