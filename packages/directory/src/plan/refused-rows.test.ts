import { describe, expect, test } from '@jest/globals';
import type { FeedPolicy } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';
import { listGroups } from '../read/groups.ts';
import { company, type FileCells, type UserCells } from '../testing/company.ts';

/** What is wrong with a row besides the fault for which it is refused. */

const at = testDatabase();
const byName = (value: string) => ({ by: 'name', value }) as const;
const byId = (value: string) => ({ by: 'id', value }) as const;

/** A directory with the group G, two groups named Twins, the person M, and two people named Same Name. */
const given: FileCells = {
  groups: [{ id: 'G' }, { id: 'T1', name: 'Twins' }, { id: 'T2', name: 'Twins' }],
  users: [{ id: 'M' }, { id: 'S1', firstName: 'Same', lastName: 'Name' }, { id: 'S2', firstName: 'Same', lastName: 'Name' }],
};
const phone = '+46701740605';

async function toldOf(file: FileCells): Promise<{ rows: readonly string[]; told: readonly string[] }> {
  const { run } = await company(at.db);
  await run(given);
  const { rows, told } = await run(file);
  return { rows, told };
}

describe('a row that its own rules refused', () => {
  test.each<[string, Omit<UserCells, 'id'>, Partial<FeedPolicy>, readonly string[]]>([
    ['names a group that nobody knows', { groups: ['NEW'] }, {}, ['validateGroupExists', 'NEW: the file makes it once this row is right']],
    ['names one to a feed that leaves them out', { groups: ['NEW'] }, { unknownGroup: 'skip' }, ['validateGroupExists', 'NEW: it is left out']],
    ['names one to a feed that refuses them', { groups: ['NEW'] }, { unknownGroup: 'reject' }, ['validateGroupExists', 'NEW: this feed takes no new groups']],
    ['names a group by name', { groups: [byName('Nowhere')] }, {}, ['validateGroupExists', 'Nowhere: the file makes it once this row is right']],
    ['names a group by a name that two bear', { groups: [byName('twins')] }, {}, ['validateGroupNameIsUnique', 'twins: null']],
    ['names a manager whom nobody knows', { manager: byId('X') }, {}, ['validateManagerExists', 'X: null']],
    ['names one by name', { manager: byName('No Body') }, {}, ['validateManagerExists', 'No Body: null']],
    ['names a manager by a name that two bear', { manager: byName('same name') }, {}, ['validateManagerNameIsUnique', 'same name: null']],
    ['names what the directory knows', { groups: ['G', byName('group g')], manager: byId('M') }, {}, []],
    ['names somebody of the file by name', { manager: byName('First A') }, {}, []],
  ])('%s', async (_says, cells, policy, [code, told]) => {
    const ran = await toldOf({ users: [{ id: 'A', ...cells, faulty: true }, { id: 'B' }], policy });
    expect(ran).toEqual({ rows: [`2 rejected${code === undefined ? '' : ` ${code}`}`, '3 created'], told: told === undefined ? [] : [`2 ${told}`] });
  });

  test('names a group that a row beside it makes', async () => {
    const users: UserCells[] = [{ id: 'A', groups: ['NEW'], faulty: true }, { id: 'B', groups: ['NEW'] }];
    const { rows, told } = await toldOf({ users });
    expect(rows).toEqual(['2 rejected validateGroupExists', '3 created validateGroupExists']);
    expect(told).toEqual(['2 NEW: the file makes it', '3 NEW: the file makes it']);
  });

  test('names others of the file, refused ones too: mending their rows mends that', async () => {
    const users: UserCells[] = [{ id: 'A', groups: ['H'], manager: byId('B'), faulty: true }, { id: 'B', faulty: true }];
    expect(await toldOf({ groups: [{ id: 'H', faulty: true }], users })).toEqual({ rows: ['2 rejected', '2 rejected', '3 rejected'], told: [] });
  });

  test('of a group: its parent and its manager', async () => {
    const groups = [
      { id: 'H', parent: 'X', responsibleManager: 'Y', faulty: true },
      { id: 'I', parent: 'H', responsibleManager: 'M', faulty: true },
      { id: 'J', parent: 'G', faulty: true },
    ];
    expect(await toldOf({ groups })).toEqual({
      rows: ['2 rejected validateManagerExists validateParentGroupExists', '3 rejected', '4 rejected'],
      told: ['2 Y: null', '2 X: null'],
    });
  });
});

describe('a circle of groups that a refused row would close', () => {
  test.each<[string, NonNullable<FileCells['groups']>, readonly string[]]>([
    ['through two rows', [{ id: 'A', parent: 'B', faulty: true }, { id: 'B', parent: 'A' }], ['3 A: null', '2 A < B < A: null']],
    ['through itself', [{ id: 'A', parent: 'A', faulty: true }], ['2 A < A: null']],
    ['through the directory', [{ id: 'G', parent: 'K', faulty: true }, { id: 'K', parent: 'G' }], ['2 G < K < G: null']],
    ['through three, two of them refused', [{ id: 'A', parent: 'B', faulty: true }, { id: 'B', parent: 'C', faulty: true }, { id: 'C', parent: 'A' }],
      ['4 A: null', '2 A < B < C < A: null', '3 B < C < A < B: null']],
    ['not, where nothing closes', [{ id: 'A', parent: 'G', faulty: true }, { id: 'B', parent: 'A' }], ['3 A: null']],
  ])('%s', async (_says, groups, told) => {
    expect([...(await toldOf({ groups })).told].sort()).toEqual([...told].sort());
  });

  test('by way of the place that a group of the directory has', async () => {
    const { run } = await company(at.db);
    await run({ groups: [{ id: 'G' }, { id: 'K', parent: 'G' }, { id: 'L', parent: 'K' }] });
    const { rows, told } = await run({ groups: [{ id: 'G', parent: 'L', faulty: true }, { id: 'M', parent: 'G' }] });
    expect({ rows, told }).toEqual({ rows: ['2 rejected validateNoGroupCycles', '3 created'], told: ['2 G < L < K < G: null'] });
  });
});

test('rows that other rows refuse are told of the same', async () => {
  const twice: Omit<UserCells, 'id'> = { groups: ['NEW'], manager: byId('X'), phone };
  const { rows } = await toldOf({ users: [{ id: 'A', ...twice }, { id: 'B', ...twice }, { id: 'C', groups: ['NEW'] }, { id: 'C', faulty: true }] });
  expect(rows).toEqual([
    '2 rejected validateGroupExists validateManagerExists validateNoPhoneDuplicates',
    '3 rejected validateGroupExists validateManagerExists validateNoPhoneDuplicates',
    '4 rejected validateGroupExists validateRowsTogether',
    '5 rejected',
  ]);
});

test('rows of one person are compared by all that is right in them', async () => {
  const { rows } = await toldOf({ users: [{ id: 'A', language: 'sv' }, { id: 'A', language: 'da', faulty: true }] });
  expect(rows).toEqual(['2 rejected validateNoConflictingRows', '3 rejected validateNoConflictingRows']);
});

test('a required attribute that a refused row does not give', async () => {
  const { run, tenantId } = await company(at.db);
  const has = { attributes: { City: 'Lund' } };
  await run({ users: [{ id: 'K', ...has }, { id: 'L', ...has }] });
  await at.db.knex('attribute_definitions').where({ tenant_id: tenantId }).update({ required: true });
  const { rows, told } = await run({
    users: [
      { id: 'A', faulty: true },
      { id: 'B', ...has, faulty: true },
      { id: 'K', faulty: true },
      { id: 'L', attributes: { City: null }, faulty: true },
      { id: 'C', active: false, faulty: true },
      { id: 'D', faulty: true },
      { id: 'D', ...has },
    ],
  });
  const lacks = 'rejected validateExternalProperties';
  expect(rows).toEqual([`2 ${lacks}`, '3 rejected', '4 rejected', `5 ${lacks}`, '6 rejected', '7 rejected', '8 rejected validateRowsTogether']);
  expect(told.slice(0, 1)).toEqual(['2 empty: everybody must have a value']);
});

test('a group is not made behind the back of its own row, whatever refused it', async () => {
  const { run, tenantId } = await company(at.db);
  const { rows } = await run({ groups: [{ id: 'H', name: 'Herbs', faulty: true }], users: [{ id: 'A', groups: ['H'] }, { id: 'B', groups: [byName('herbs')] }] });
  expect(rows).toEqual(['2 rejected', '2 created validateGroupExists', '3 created validateGroupExists']);
  expect((await listGroups(at.db, tenantId, { limit: 10 })).items).toEqual([]);
});
