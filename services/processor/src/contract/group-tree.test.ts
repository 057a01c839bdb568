import { chapter } from './testing/chapter.ts';

const tree = {
  groups: [
    { OrgUnitID: 'A', ParentOrgUnit: '' },
    { OrgUnitID: 'B', ParentOrgUnit: 'A' },
    { OrgUnitID: 'C', ParentOrgUnit: 'B' },
    { OrgUnitID: 'D', ParentOrgUnit: '' },
  ],
};
const cycle = (id: string, ...names: string[]) => ({ row: `${id} rejected validateNoGroupCycles@ParentOrgUnit`, names });

chapter('The tree of groups', [
  {
    says: 'takes a parent from the same file, in any order of rows, and from the directory',
    given: tree,
    file: { groups: [{ OrgUnitID: 'F', ParentOrgUnit: 'E' }, { OrgUnitID: 'E', ParentOrgUnit: 'C' }, { OrgUnitID: 'R', ParentOrgUnit: '' }] },
    then: { groupRows: ['F created', 'E created', 'R created'], groups: { F: { parent: 'E' }, E: { parent: 'C' }, R: { parent: null } } },
  },
  {
    says: 'moves a group with what is below it',
    given: tree,
    file: { groups: [{ OrgUnitID: 'B', ParentOrgUnit: 'D' }] },
    then: { groupRows: ['B updated'], groups: { B: { parent: 'D' }, C: { parent: 'B' } } },
  },
  {
    says: 'leaves a group where it is when the parent is not known: a warning, and the rest of the row applies',
    given: tree,
    file: {
      groups: [
        { OrgUnitID: 'B', Name: 'Bees', ParentOrgUnit: 'X' },
        { OrgUnitID: 'N', Name: 'New', ParentOrgUnit: 'X' },
        { OrgUnitID: 'D', Name: 'Group D', ParentOrgUnit: 'a' },
      ],
    },
    then: {
      groupRows: [
        { row: 'B updated validateParentGroupExists@ParentOrgUnit', names: ['X'] },
        'N created validateParentGroupExists@ParentOrgUnit',
        { row: 'D unchanged validateParentGroupExists@ParentOrgUnit', names: ['a'] },
      ],
      groups: { B: { name: 'Bees', parent: 'A' }, N: { parent: null }, D: { parent: null } },
    },
  },
  {
    says: 'is not looked through by name: a parent is named by its id',
    given: tree,
    file: { groups: [{ OrgUnitID: 'N', ParentOrgUnit: 'Group A' }] },
    then: { groupRows: ['N created validateParentGroupExists@ParentOrgUnit'], groups: { N: { parent: null } } },
  },
  {
    says: 'has no group above itself',
    given: tree,
    file: { groups: [{ OrgUnitID: 'A', ParentOrgUnit: 'A' }, { OrgUnitID: 'N', ParentOrgUnit: 'N' }, { OrgUnitID: 'D', Name: 'Done' }] },
    then: { groupRows: [cycle('A', 'A'), cycle('N', 'N'), 'D updated'], groups: { A: { parent: null }, D: { name: 'Done' } } },
  },
  {
    says: 'has no cycle: every member is rejected, and each names all of them',
    given: tree,
    file: {
      groups: [
        { OrgUnitID: 'P', ParentOrgUnit: 'Q' },
        { OrgUnitID: 'D', Name: 'Done', ParentOrgUnit: '' },
        { OrgUnitID: 'Q', ParentOrgUnit: 'R' },
        { OrgUnitID: 'R', ParentOrgUnit: 'P' },
      ],
    },
    then: {
      groupRows: [cycle('P', 'P', 'Q', 'R'), 'D updated', cycle('Q', 'P', 'Q', 'R'), cycle('R', 'P', 'Q', 'R')],
      groups: { P: null, Q: null, R: null },
    },
  },
  {
    says: 'has no cycle of a dozen: every member is rejected, and each names all of them',
    file: { groups: ring(12).map((id, index, ids) => ({ OrgUnitID: id, ParentOrgUnit: ids[(index + 1) % ids.length] ?? '' })) },
    then: { groupRows: ring(12).map((id) => cycle(id, ...ring(12))) },
  },
  {
    says: 'has no longer cycle either: every member is rejected, and each names itself and those that are next',
    file: { groups: ring(40).map((id, index, ids) => ({ OrgUnitID: id, ParentOrgUnit: ids[(index + 1) % ids.length] ?? '' })) },
    then: { groupRows: ring(40).map((id, index, ids) => cycle(id, id, ids[(index + 1) % ids.length] ?? '')) },
  },
  {
    says: 'has no two cycles: each is named by its own members',
    file: {
      groups: [
        { OrgUnitID: 'P', ParentOrgUnit: 'Q' },
        { OrgUnitID: 'S', ParentOrgUnit: 'T' },
        { OrgUnitID: 'Q', ParentOrgUnit: 'P' },
        { OrgUnitID: 'T', ParentOrgUnit: 'S' },
      ],
    },
    then: { groupRows: [cycle('P', 'P', 'Q'), cycle('S', 'S', 'T'), cycle('Q', 'P', 'Q'), cycle('T', 'S', 'T')] },
  },
  {
    says: 'takes no group below its own child',
    given: tree,
    file: { groups: [{ OrgUnitID: 'A', Name: 'Apples', ParentOrgUnit: 'B' }] },
    then: { groupRows: [cycle('A', 'A', 'B')], groups: { A: { name: 'Group A', parent: null }, B: { parent: 'A' } } },
  },
  {
    says: 'takes no group below the child of its child, and names the whole way',
    given: tree,
    file: { groups: [{ OrgUnitID: 'A', ParentOrgUnit: 'C' }, { OrgUnitID: 'D', ParentOrgUnit: 'A' }] },
    then: { groupRows: [cycle('A', 'A', 'B', 'C'), 'D updated'], groups: { A: { parent: null }, D: { parent: 'A' } } },
  },
  {
    says: 'is judged on the state after the file: two groups may change places',
    given: tree,
    file: { groups: [{ OrgUnitID: 'A', ParentOrgUnit: 'B' }, { OrgUnitID: 'B', ParentOrgUnit: 'D' }] },
    then: { groupRows: ['A updated', 'B updated'], groups: { A: { parent: 'B' }, B: { parent: 'D' }, C: { parent: 'B' } } },
  },
  {
    says: 'rejects no group that only hangs below a cycle; a new parent in it is not known then',
    given: tree,
    file: {
      groups: [
        { OrgUnitID: 'P', ParentOrgUnit: 'Q' },
        { OrgUnitID: 'Q', ParentOrgUnit: 'P' },
        { OrgUnitID: 'N', ParentOrgUnit: 'P' },
        { OrgUnitID: 'A', ParentOrgUnit: 'A' },
        { OrgUnitID: 'D', ParentOrgUnit: 'A' },
      ],
    },
    then: {
      groupRows: [cycle('P', 'P', 'Q'), cycle('Q', 'P', 'Q'), 'N created validateParentGroupExists@ParentOrgUnit', cycle('A', 'A'), 'D updated'],
      groups: { N: { parent: null }, D: { parent: 'A' } },
    },
  },
  {
    says: 'does not hang a group below one whose row is rejected and that nobody knows',
    given: tree,
    file: { groups: [{ OrgUnitID: 'P', Name: '' }, { OrgUnitID: 'N', ParentOrgUnit: 'P' }] },
    then: {
      groupRows: ['P rejected validateMandatoryValues@Name', 'N created validateParentGroupExists@ParentOrgUnit'],
      groups: { N: { parent: null } },
    },
  },
]);

function ring(size: number): string[] {
  return Array.from({ length: size }, (_, index) => `R${String(index).padStart(2, '0')}`);
}
