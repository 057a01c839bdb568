import { chapter } from './testing/chapter.ts';

const groups = [{ OrgUnitID: 'G', Name: 'Garden' }, { OrgUnitID: 'H', Name: 'House' }];
const managers = [{ EmployeeID: 'M', FirstName: 'Foo', LastName: 'Barsson' }, { EmployeeID: 'N', FirstName: 'Nina', LastName: 'Ek' }];
const given = { groups, users: managers };
/** `A` is in the garden, which `M` manages because the row of `A` says so. */
const managed = [given, { users: [{ EmployeeID: 'A', Department: 'G', EmployeeManagerID: 'M' }] }];
const unknown = { row: 'A created validateManagerExists@EmployeeManagerID', names: ['X'] };

chapter('Managers', [
  {
    says: 'by id manage the groups that the row gives to its person, and become no IsManager',
    given,
    file: { users: [{ EmployeeID: 'A', Department: ['G', 'H'], EmployeeManagerID: 'M' }] },
    then: {
      rows: ['A created'],
      people: { A: { isManager: false }, M: { isManager: false, groups: [] } },
      groups: { G: { managers: ['M'] }, H: { managers: ['M'] } },
    },
  },
  {
    says: 'by name count where the id is empty, without regard to case and spaces',
    given,
    file: {
      users: [
        { EmployeeID: 'A', Department: 'G', EmployeeManagerID: '', EmployeeManagerName: ' foo  BARSSON' },
        { EmployeeID: 'B', Department: 'H', EmployeeManagerID: 'N', EmployeeManagerName: 'foo barsson' },
      ],
    },
    then: { rows: ['A created', 'B created'], groups: { G: { managers: ['M'] }, H: { managers: ['N'] } } },
  },
  {
    says: 'by name do not count beside an id that nobody has',
    given,
    file: { users: [{ EmployeeID: 'A', Department: 'G', EmployeeManagerID: 'X', EmployeeManagerName: 'Foo Barsson' }] },
    then: { rows: [unknown], groups: { G: { managers: [] } } },
  },
  {
    says: 'are those of the groups that a person keeps when the row has no group cell',
    given: [given, { users: [{ EmployeeID: 'A', Department: ['G', 'H'] }] }],
    file: { users: [{ EmployeeID: 'A', Department: '', EmployeeManagerID: 'M' }] },
    then: { rows: ['A updated'], groups: { G: { managers: ['M'] }, H: { managers: ['M'] } } },
  },
  {
    says: 'of several people in one group are all its managers, each once',
    given,
    file: {
      users: [
        { EmployeeID: 'A', Department: 'G', EmployeeManagerID: 'M' },
        { EmployeeID: 'B', Department: 'G', EmployeeManagerID: 'N' },
        { EmployeeID: 'C', Department: 'G', EmployeeManagerID: 'M' },
      ],
    },
    then: { rows: ['A created', 'B created', 'C created'], groups: { G: { managers: ['M', 'N'] } } },
  },
  {
    says: 'that ResponsibleManager names manage that one group, whoever its members are',
    given: managed,
    file: { groups: [{ OrgUnitID: 'G', Name: 'Garden', ResponsibleManager: 'N' }, { OrgUnitID: 'H', Name: 'House', ResponsibleManager: 'N' }] },
    then: { groupRows: ['G updated', 'H updated'], groups: { G: { managers: ['M', 'N'] }, H: { managers: ['N'] } }, people: { N: { groups: [], isManager: false } } },
  },
  {
    says: 'that ResponsibleManager names follow one another; an empty cell leaves who is there',
    given: [given, { groups: [{ ...groups[0], ResponsibleManager: 'M' }, { ...groups[1], ResponsibleManager: 'M' }] }],
    file: { groups: [{ OrgUnitID: 'G', Name: 'Garden', ResponsibleManager: 'N' }, { OrgUnitID: 'H', Name: 'House', ResponsibleManager: '' }] },
    then: { groupRows: ['G updated', 'H unchanged'], groups: { G: { managers: ['N'] }, H: { managers: ['M'] } } },
  },
  {
    says: 'that nobody knows are a warning, and the rest of the row applies',
    given,
    file: {
      users: [
        { EmployeeID: 'A', Department: 'G', EmployeeManagerID: 'X', EmployeeManagerName: '', Language: 'sv' },
        { EmployeeID: 'B', Department: 'G', EmployeeManagerID: '', EmployeeManagerName: 'Nobody Known', Language: 'sv' },
      ],
    },
    then: {
      rows: [unknown, { row: 'B created validateManagerExists@EmployeeManagerName', names: ['Nobody Known'] }],
      people: { A: { groups: ['G'], language: 'sv' }, B: { groups: ['G'], language: 'sv' } },
      groups: { G: { managers: [] } },
    },
  },
  {
    says: 'that nobody knows yet, named by id, by name and by a group, become managers when they appear',
    given: [
      { groups: [...groups, { OrgUnitID: 'K', Name: 'Kitchen', ResponsibleManager: 'X' }] },
      {
        users: [
          { EmployeeID: 'A', Department: 'G', EmployeeManagerID: 'X', EmployeeManagerName: '' },
          { EmployeeID: 'B', Department: 'H', EmployeeManagerID: '', EmployeeManagerName: 'Xenia Ylva' },
        ],
      },
    ],
    file: { users: [{ EmployeeID: 'X', FirstName: 'Xenia', LastName: 'Ylva' }] },
    then: { rows: ['X created'], groups: { G: { managers: ['X'] }, H: { managers: ['X'] }, K: { managers: ['X'] } }, changes: { managersAdded: 3 } },
  },
  {
    says: 'that stand further down in the same workbook are known',
    file: {
      groups: [{ OrgUnitID: 'G', ResponsibleManager: 'N' }],
      users: [
        { EmployeeID: 'A', Department: 'G', EmployeeManagerID: 'M', EmployeeManagerName: '' },
        { EmployeeID: 'B', Department: 'G', EmployeeManagerID: '', EmployeeManagerName: 'Nina Ek' },
        ...managers,
      ],
    },
    then: { groupRows: ['G created'], rows: ['A created', 'B created', 'M created', 'N created'], groups: { G: { managers: ['M', 'N'] } } },
  },
  {
    says: 'whose name several people bear are a warning, and none of them becomes manager',
    given: [given, { users: [{ EmployeeID: 'O', FirstName: 'FOO', LastName: 'Barsson' }] }],
    file: { users: [{ EmployeeID: 'A', Department: 'G', EmployeeManagerName: 'Foo Barsson', Language: 'sv' }] },
    then: {
      rows: [{ row: 'A created validateManagerNameIsUnique@EmployeeManagerName', names: ['Foo Barsson'] }],
      people: { A: { groups: ['G'], language: 'sv' } },
      groups: { G: { managers: [] } },
    },
  },
  {
    says: 'by name end when a second person of that name comes',
    given: [given, { users: [{ EmployeeID: 'A', Department: 'G', EmployeeManagerName: 'Foo Barsson' }] }],
    file: { users: [{ EmployeeID: 'O', FirstName: 'Foo', LastName: 'Barsson' }] },
    then: { rows: ['O created'], groups: { G: { managers: [] } } },
  },
  {
    says: 'by name begin when of two people of that name one leaves or is renamed',
    given: [
      given,
      { users: [{ EmployeeID: 'O', FirstName: 'Foo', LastName: 'Barsson' }, { EmployeeID: 'P', FirstName: 'Nina', LastName: 'Ek' }] },
      { users: [{ EmployeeID: 'A', Department: 'G', EmployeeManagerName: 'Foo Barsson' }, { EmployeeID: 'B', Department: 'H', EmployeeManagerName: 'Nina Ek' }] },
    ],
    file: { users: [{ EmployeeID: 'O', FirstName: 'Foo', LastName: 'Barsson', Active: '0' }, { EmployeeID: 'P', FirstName: 'Nina', LastName: 'Alm', Active: '' }] },
    then: { rows: ['O deactivated', 'P updated'], groups: { G: { managers: ['M'] }, H: { managers: ['N'] } } },
  },
  {
    says: 'stay when the manager cell is empty',
    given: managed,
    file: { users: [{ EmployeeID: 'A', Department: 'G', EmployeeManagerID: '', Language: 'sv' }] },
    then: { rows: ['A updated'], groups: { G: { managers: ['M'] } } },
  },
  {
    says: 'are replaced when the row names another',
    given: managed,
    file: { users: [{ EmployeeID: 'A', Department: 'G', EmployeeManagerID: 'N' }] },
    then: { rows: ['A updated'], groups: { G: { managers: ['N'] } } },
  },
  {
    says: 'are withdrawn from a group that the person leaves',
    given: managed,
    file: { users: [{ EmployeeID: 'A', Department: 'H', EmployeeManagerID: 'M' }] },
    then: { rows: ['A updated'], people: { A: { groups: ['H'] } }, groups: { G: { managers: [] }, H: { managers: ['M'] } } },
  },
  {
    says: 'stay with a group that one person leaves while another still names them',
    given: [...managed, { users: [{ EmployeeID: 'B', Department: 'G', EmployeeManagerID: 'M' }] }],
    file: { users: [{ EmployeeID: 'A', Department: 'H', EmployeeManagerID: '' }] },
    then: { rows: ['A updated'], people: { A: { groups: ['H'] } }, groups: { G: { managers: ['M'] }, H: { managers: [] } } },
  },
  {
    says: 'are withdrawn while they are inactive',
    given: [...managed, { groups: [{ ...groups[1], ResponsibleManager: 'M' }] }],
    file: { users: [{ EmployeeID: 'M', FirstName: 'Foo', LastName: 'Barsson', Active: '0' }] },
    then: { rows: ['M deactivated'], groups: { G: { managers: [] }, H: { managers: [] } }, changes: { managersRemoved: 2 } },
  },
  {
    says: 'come back when they are active again',
    given: [...managed, { users: [{ EmployeeID: 'M', FirstName: 'Foo', LastName: 'Barsson', Active: '0' }] }],
    file: { users: [{ EmployeeID: 'M', FirstName: 'Foo', LastName: 'Barsson', Active: '1' }] },
    then: { rows: ['M reactivated'], groups: { G: { managers: ['M'] } } },
  },
  {
    says: 'are withdrawn while the person who names them is inactive',
    given: managed,
    file: { users: [{ EmployeeID: 'A', Active: '0' }] },
    then: { rows: ['A deactivated'], people: { A: { groups: ['G'] } }, groups: { G: { managers: [] } } },
  },
  {
    says: 'that are inactive already are named without effect until they are active',
    given: [given, { users: [{ EmployeeID: 'M', FirstName: 'Foo', LastName: 'Barsson', Active: '0' }] }],
    file: {
      users: [
        { EmployeeID: 'A', Department: 'G', EmployeeManagerID: 'M', Active: '', FirstName: 'First', LastName: 'A' },
        { EmployeeID: 'M', Department: '', EmployeeManagerID: '', Active: '1', FirstName: 'Foo', LastName: 'Barsson' },
      ],
    },
    then: { rows: ['A created', 'M reactivated'], groups: { G: { managers: ['M'] } } },
  },
  {
    says: 'of oneself, by id and by name, are a warning, and count',
    given,
    file: {
      users: [
        { EmployeeID: 'A', Department: 'G', EmployeeManagerID: 'A', EmployeeManagerName: '' },
        { EmployeeID: 'B', Department: 'H', EmployeeManagerID: '', EmployeeManagerName: 'First B' },
      ],
    },
    then: {
      rows: ['A created validateManagerIsSomeoneElse@EmployeeManagerID', 'B created validateManagerIsSomeoneElse@EmployeeManagerName'],
      groups: { G: { managers: ['A'] }, H: { managers: ['B'] } },
    },
  },
  {
    says: 'are told apart by the exact id',
    given,
    file: { users: [{ EmployeeID: 'A', Department: 'G', EmployeeManagerID: 'm' }] },
    then: { rows: ['A created validateManagerExists@EmployeeManagerID'], groups: { G: { managers: [] } } },
  },
  {
    says: 'of a row that is rejected are not stated',
    given: managed,
    file: { users: [{ EmployeeID: 'A', Department: 'H', EmployeeManagerID: 'N', Active: 'maybe' }] },
    then: { rows: ['A rejected validateActive@Active'], groups: { G: { managers: ['M'] }, H: { managers: [] } } },
  },
  {
    says: 'that ResponsibleManager names and nobody knows are a warning, and the rest of the row applies',
    given,
    file: { groups: [{ OrgUnitID: 'G', Name: 'Park', Description: 'Trees', ResponsibleManager: 'X' }] },
    then: {
      groupRows: [{ row: 'G updated validateManagerExists@ResponsibleManager', names: ['X'] }],
      groups: { G: { name: 'Park', description: 'Trees', managers: [] } },
    },
  },
]);
