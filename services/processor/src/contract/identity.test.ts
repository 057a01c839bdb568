import { chapter } from './testing/chapter.ts';
import { phoneNumber } from './testing/companies.ts';

const given = {
  groups: [{ OrgUnitID: 'G', Name: 'Garden' }],
  users: [{ EmployeeID: 'A', FirstName: 'Ada', LastName: 'Berg', Email: 'ada@example.com', PhoneNumber: phoneNumber(5), Department: 'G' }],
};

chapter('Identity', [
  {
    says: 'is the external id: whatever else changes, it is the same person',
    given,
    file: { users: [{ EmployeeID: 'A', FirstName: 'Eda', LastName: 'Kerb', Email: 'eda@example.com', PhoneNumber: phoneNumber(6) }] },
    then: {
      rows: ['A updated'],
      people: { A: { firstName: 'Eda', lastName: 'Kerb', email: 'eda@example.com', phone: phoneNumber(6), groups: ['G'] } },
      changes: { usersCreated: 0, usersUpdated: 1 },
    },
  },
  {
    says: 'is the external id: whatever else is the same, another id is another person',
    given,
    file: { users: [{ EmployeeID: 'B', FirstName: 'Ada', LastName: 'Berg', Email: '', PhoneNumber: phoneNumber(6) }] },
    then: { rows: ['B created'], people: { B: { firstName: 'Ada', groups: [] } } },
  },
  {
    says: 'is the external id: another id with the e-mail of a known active person is a conflict, and no second account',
    given,
    file: { users: [{ EmployeeID: 'B', FirstName: 'Ada', LastName: 'Berg', Email: 'ada@example.com' }] },
    then: { rows: ['B rejected validateNoEmailDuplicates@Email'], people: { B: null } },
  },
  {
    says: 'is compared exactly but for spaces around and Unicode form: case, zeros and inner spaces count',
    given: { users: [{ EmployeeID: 'e1' }, { EmployeeID: '7' }, { EmployeeID: 'Å-1', Email: 'aa@example.com' }] },
    file: {
      users: [
        { EmployeeID: 'E1', Email: 'big@example.com' },
        { EmployeeID: '007' },
        { EmployeeID: ' e1\u00A0', LastName: 'e1', Language: 'sv' },
        { EmployeeID: 'A\u030A-1', Email: 'aa@example.com', LastName: 'Å-1', Language: 'sv' },
        { EmployeeID: 'E-1', Language: '' },
      ],
    },
    then: { rows: ['E1 created', '007 created', 'e1 updated', 'Å-1 updated', 'E-1 created'], people: { e1: { language: 'sv' }, 'Å-1': { language: 'sv' } } },
  },
  {
    says: 'of a group is its external id: whatever else changes, it is the same group',
    given,
    file: { groups: [{ OrgUnitID: 'G', Name: 'Park' }, { OrgUnitID: 'g', Name: 'Garden' }] },
    then: {
      groupRows: ['G updated', 'g created'],
      groups: { G: { name: 'Park' }, g: { name: 'Garden' } },
      people: { A: { groups: ['G'] } },
    },
  },
  {
    says: 'of a group is its external id: another id with the name of a known group is another group',
    given,
    file: { groups: [{ OrgUnitID: 'G2', Name: 'Garden' }] },
    then: { groupRows: ['G2 created'], groups: { G: { name: 'Garden' }, G2: { name: 'Garden' } } },
  },
  {
    says: 'of a group that only a name had made is found by that name the first time',
    given: [given, { users: [{ EmployeeID: 'B', DepartmentName: 'Sales team' }] }],
    file: { groups: [{ OrgUnitID: 'S', Name: 'SALES team', Description: 'All who sell' }] },
    then: {
      groupRows: ['S updated'],
      groups: { 'Sales team': null, S: { name: 'SALES team', description: 'All who sell' } },
      people: { B: { groups: ['S'] } },
      changes: { groupsCreated: 0 },
    },
  },
  {
    says: 'of a group that was found by name once is its external id afterwards',
    given: [given, { users: [{ EmployeeID: 'B', DepartmentName: 'Sales team' }] }, { groups: [{ OrgUnitID: 'S', Name: 'Sales team' }] }],
    file: { groups: [{ OrgUnitID: 'S', Name: 'Shop' }, { OrgUnitID: 'T', Name: 'Sales team' }] },
    then: { groupRows: ['S updated', 'T created'], groups: { S: { name: 'Shop' }, T: { name: 'Sales team' } }, people: { B: { groups: ['S'] } } },
  },
  {
    says: 'of a group that only a name had made is not found when two rows bear that name',
    given: [given, { users: [{ EmployeeID: 'B', DepartmentName: 'Sales team' }] }],
    file: { groups: [{ OrgUnitID: 'S', Name: 'Sales team' }, { OrgUnitID: 'T', Name: 'sales TEAM' }] },
    then: { groupRows: ['S created', 'T created'], groups: { 'Sales team': { externalId: null } }, people: { B: { groups: ['Sales team'] } } },
  },
  {
    says: 'stays with an inactive person: the id that comes back is that person',
    given: [given, { users: [{ EmployeeID: 'A', FirstName: 'Ada', LastName: 'Berg', Email: 'ada@example.com', Active: '0' }] }],
    file: { users: [{ EmployeeID: 'A', FirstName: 'Ada', LastName: 'Berg', Email: 'ada@example.com', Active: '1' }] },
    then: { rows: ['A reactivated'], people: { A: { active: true, phone: phoneNumber(5), groups: ['G'] } }, changes: { usersCreated: 0 } },
  },
  {
    says: 'belongs to one company: the same id elsewhere is somebody else',
    elsewhere: { users: [{ EmployeeID: 'A', Email: 'elsewhere@example.com', PhoneNumber: phoneNumber(5) }] },
    file: { users: [{ EmployeeID: 'A', PhoneNumber: phoneNumber(5) }] },
    then: { rows: ['A created'], people: { A: { email: 'a@example.com', phone: phoneNumber(5) } } },
  },
]);
