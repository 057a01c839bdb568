import { describe, expect, test } from '@jest/globals';
import { listGroups } from '../read/groups.ts';
import { listUsers } from '../read/users.ts';
import { testDatabase } from '@rosterport/testing';
import { company, domainOf, type Company, type GroupCells, type UserCells } from '../testing/company.ts';

const at = testDatabase();

async function rowsAfter(before: UserCells[], users: UserCells[], policy = {}): Promise<readonly string[]> {
  const { run } = await company(at.db);
  if (before.length > 0) await run({ users: before });
  return (await run({ users, policy })).rows;
}

const phone = '+46701740605';

describe('rows of one person', () => {
  test.each<[string, UserCells[], string[]]>([
    ['agree: groups are united', [{ id: 'A', groups: ['G1'] }, { id: 'A', groups: ['G2'] }], ['2 created validateGroupExists', '3 created validateGroupExists']],
    ['an empty cell never disagrees', [{ id: 'A', language: 'sv' }, { id: 'A' }], ['2 created', '3 created']],
    ['disagree about a value', [{ id: 'A', lastName: 'x' }, { id: 'A', lastName: 'y' }], ['2 rejected validateNoConflictingRows', '3 rejected validateNoConflictingRows']],
    ['disagree about an attribute', [{ id: 'A', attributes: { City: 'x' } }, { id: 'A', attributes: { City: 'y' } }], ['2 rejected validateNoConflictingRows', '3 rejected validateNoConflictingRows']],
    ['one is faulty', [{ id: 'A' }, { id: 'A', faulty: true }, { id: 'B' }], ['2 rejected validateRowsTogether', '3 rejected', '4 created']],
  ])('%s', async (_name, users, rows) => {
    expect(await rowsAfter([], users)).toEqual(rows);
  });
});

test('rows that name different managers for one group make each of them its manager, until a row says otherwise', async () => {
  const { run, tenantId } = await company(at.db);
  const managed = (id: string): UserCells => ({ id: 'A', groups: ['G'], manager: { by: 'id', value: id } });
  const managers = async (): Promise<unknown> => (await listGroups(at.db, tenantId, { limit: 1 })).items[0]?.managers.map((one) => one.externalId);
  await run({ groups: [{ id: 'G' }], users: [managed('M'), managed('N'), { id: 'M' }, { id: 'N' }] });
  expect(await managers()).toEqual(['M', 'N']);
  expect((await run({ users: [managed('M'), managed('N')] })).rows).toEqual(['2 unchanged', '3 unchanged']);
  expect((await run({ users: [managed('N')] })).changes).toMatchObject({ managersAdded: 0, managersRemoved: 1 });
  expect(await managers()).toEqual(['N']);
});

test('a whole file with one address names only the first rows of it', async () => {
  const { run, tenantId } = await company(at.db);
  const email = `all@${domainOf(tenantId)}`;
  const ran = await run({ users: Array.from({ length: 500 }, (_, index) => ({ id: `E${index}`, email })) });
  expect(ran.counts.rejected).toBe(500);
});

describe('e-mails and phones belong to one active person', () => {
  test.each<[string, UserCells[], UserCells[], string[]]>([
    ['twice in the file', [], [{ id: 'A', phone }, { id: 'B', phone }], ['2 rejected validateNoPhoneDuplicates', '3 rejected validateNoPhoneDuplicates']],
    ['held by another', [{ id: 'A', phone }], [{ id: 'B', phone }], ['2 rejected validateNoPhoneDuplicates']],
    ['given up in the same file', [{ id: 'A', phone }], [{ id: 'A', phone: null }, { id: 'B', phone }], ['2 updated', '3 created']],
    ['given up by deactivation', [{ id: 'A', phone }], [{ id: 'A', active: false }, { id: 'B', phone }], ['2 deactivated', '3 created']],
    ['swapped', [{ id: 'A', phone }, { id: 'B', phone: '+46701740606' }], [{ id: 'A', phone: '+46701740606' }, { id: 'B', phone }], ['2 updated', '3 updated']],
    [
      'not given up after all, since the giver is refused',
      [{ id: 'A', phone }, { id: 'C', phone: '+46701740606' }],
      [{ id: 'A', phone: '+46701740606' }, { id: 'B', phone }],
      ['2 rejected validateNoPhoneDuplicates', '3 rejected validateNoPhoneDuplicates'],
    ],
    ['wanted by one who comes back', [{ id: 'A', phone }, { id: 'B' }], [{ id: 'A', active: false }], ['2 deactivated']],
  ])('%s', async (_name, before, users, rows) => {
    expect(await rowsAfter(before, users)).toEqual(rows);
  });

  test('two who come back at once with the same number are both refused', async () => {
    const { run } = await company(at.db);
    await run({ users: [{ id: 'A', phone }] });
    await run({ users: [{ id: 'A', active: false }] });
    await run({ users: [{ id: 'B', phone }] });
    await run({ users: [{ id: 'B', active: false }] });
    const { rows } = await run({ users: [{ id: 'A', active: true }, { id: 'B', active: true }] });
    expect(rows).toEqual(['2 rejected validateNoPhoneDuplicates', '3 rejected validateNoPhoneDuplicates']);
  });

  test('a row that the rules refused is compared all the same', async () => {
    const own = await company(at.db);
    await own.run({ users: [{ id: 'D1', email: `d1@${domainOf(own.tenantId)}` }] });
    const email = (name: string): string => `${name}@${domainOf(own.tenantId)}`;
    const { rows } = await own.run({
      users: [
        { id: 'C1', email: email('c'), faulty: true },
        { id: 'C2', email: email('C') },
        { id: 'C3', email: email('d1'), faulty: true },
        { id: 'C4', email: email('gone'), active: false, faulty: true },
        { id: 'C5', email: email('gone') },
      ],
    });
    expect(rows).toEqual([
      '2 rejected validateNoEmailDuplicates',
      '3 rejected validateNoEmailDuplicates',
      '4 rejected validateNoEmailDuplicates',
      '5 rejected',
      '6 created',
    ]);
  });

  test('more e-mails of other companies than may be told in a day refuse the file, and none of them is told', async () => {
    const [other, own] = [await company(at.db), await company(at.db)];
    const taken = ['a', 'b', 'c'].map((name) => `${name}@${domainOf(other.tenantId)}`);
    await other.run({ users: taken.map((email, index) => ({ id: `O${index}`, email })) });
    const users = [...taken.map((email, index) => ({ id: `E${index}`, email })), { id: 'E9', faulty: true }];
    const refused = await own.run({ users, foreignEmailsLeft: 2 });
    expect(refused.rows).toEqual(['2 skipped', '3 skipped', '4 skipped', '5 rejected']);
    expect(refused.plan.fileIssues.map(({ code, found }) => [code, found])).toEqual([['validateForeignEmails', null]]);
    expect(refused.plan.rowIssues).toEqual([]);
    const told = await own.run({ users, foreignEmailsLeft: 3 });
    expect(told.rows.slice(0, 3)).toEqual([2, 3, 4].map((row) => `${row} rejected validateDuplicateMailInAnotherCompany`));
  });

  test('an e-mail of another company is refused without a word about that company', async () => {
    const [one, other] = [await company(at.db), await company(at.db)];
    const email = `Anna@${domainOf(one.tenantId)}`;
    await one.run({ users: [{ id: 'SECRET-ID', email }] });
    const { rows } = await other.run({ users: [{ id: 'B', email: email.toLowerCase() }] });
    expect(rows).toEqual(['2 rejected validateDuplicateMailInAnotherCompany']);
    await one.run({ users: [{ id: 'SECRET-ID', active: false, email }] });
    expect((await other.run({ users: [{ id: 'B', email }] })).rows).toEqual(['2 created']);
  });

  test('two companies that want one address at the same moment: one gets it, the other row is refused, no job fails', async () => {
    const companies = await Promise.all(Array.from({ length: 4 }, () => company(at.db)));
    const shared = companies.map((one) => one.tenantId.slice(0, 8)).join('');
    const users = (own: Company): UserCells[] => [
      ...Array.from({ length: 40 }, (_, index) => ({ id: `S${index}`, email: `s${index}@${shared}.example` })),
      { id: 'OWN', email: `own@${domainOf(own.tenantId)}` },
    ];
    const ran = await Promise.all(companies.map((one) => one.run({ users: users(one) })));
    for (const { counts } of ran) expect(counts.created + counts.rejected).toBe(41);
    expect(ran.reduce((sum, { counts }) => sum + counts.created, 0)).toBe(40 + companies.length);
  });
});

describe('coming and going', () => {
  test('an unknown person who is inactive is skipped; empty Active leaves the state', async () => {
    const { run } = await company(at.db);
    expect((await run({ users: [{ id: 'A', active: false }, { id: 'B' }] })).rows).toEqual(['2 skipped validateUserExists', '3 created']);
    expect((await run({ users: [{ id: 'B', active: false }] })).rows).toEqual(['2 deactivated']);
    expect((await run({ users: [{ id: 'B' }] })).rows).toEqual(['2 unchanged']);
    expect((await run({ users: [{ id: 'B', active: true }] })).rows).toEqual(['2 reactivated']);
  });

  test('somebody whom absence had made inactive comes back with an empty cell', async () => {
    const { run, tenantId } = await company(at.db);
    await run({ users: [{ id: 'A', active: true }] });
    await at.db.knex('users').where({ tenant_id: tenantId }).update({ active: false, inactive_cause: 'absence' });
    await at.db.knex('claims').where({ tenant_id: tenantId }).delete();
    expect((await run({ users: [{ id: 'A' }] })).rows).toEqual(['2 reactivated']);
  });
});

describe('unknown groups', () => {
  const users: UserCells[] = [{ id: 'A', groups: ['NEW'] }];
  test.each([
    ['create', '2 created validateGroupExists', 1],
    ['skip', '2 created validateGroupExists', 0],
    ['reject', '2 rejected validateGroupExists', 0],
  ] as const)('%s', async (unknownGroup, row, groupsCreated) => {
    const { run } = await company(at.db);
    const ran = await run({ users, policy: { unknownGroup } });
    expect(ran.rows).toEqual([row]);
    expect(ran.changes.groupsCreated).toBe(groupsCreated);
  });

  test('rejected: every group that a row names is told, with the reason', async () => {
    const { run } = await company(at.db);
    const groups = [{ id: 'G', parent: 'G' }];
    const { told } = await run({ groups, users: [{ id: 'A', groups: ['NEW', 'NEWER', 'G'] }], policy: { unknownGroup: 'reject' } });
    expect(told).toEqual(
      expect.arrayContaining(['2 G: its own row was refused', '2 NEW: this feed takes no new groups', '2 NEWER: this feed takes no new groups']),
    );
  });

  test('left out: groups are added and none removed', async () => {
    const { run, tenantId } = await company(at.db);
    await run({ groups: [{ id: 'G1' }, { id: 'G2' }], users: [{ id: 'A', groups: ['G1'] }] });
    await run({ users: [{ id: 'A', groups: ['G2', 'NOWHERE'] }], policy: { unknownGroup: 'skip' } });
    const { items } = await listUsers(at.db, tenantId, { limit: 10 });
    expect(items[0]?.groups.map((group) => group.externalId)).toEqual(['G1', 'G2']);
  });
});

describe('a feed that takes a file only as a whole', () => {
  test('one refused row skips the others and changes nothing', async () => {
    const { run, tenantId } = await company(at.db);
    const ran = await run({ users: [{ id: 'A' }, { id: 'B', faulty: true }], policy: { rowError: 'rejectFile' } });
    expect(ran.rows).toEqual(['2 skipped', '3 rejected']);
    expect(ran.plan.fileIssues).toMatchObject([
      { code: 'validateRowErrors', found: '1', message: 'This feed takes a file only as a whole; rows with errors: 1.' },
    ]);
    expect(await listUsers(at.db, tenantId, { limit: 10 })).toEqual({ items: [], next: null });
    expect(await at.db.knex('claims').where({ tenant_id: tenantId })).toEqual([]);
  });
});

describe('circles of groups', () => {
  const rows = async (...files: GroupCells[][]): Promise<readonly string[]> => {
    const { run } = await company(at.db);
    let last: readonly string[] = [];
    for (const groups of files) last = (await run({ groups })).rows;
    return last;
  };
  test.each<[string, GroupCells[][], string[]]>([
    ['above itself', [[{ id: 'A', parent: 'A' }]], ['2 rejected validateNoGroupCycles']],
    ['all members of a circle', [[{ id: 'A', parent: 'B' }, { id: 'B', parent: 'C' }, { id: 'C', parent: 'A' }, { id: 'D' }]], ['2 rejected validateNoGroupCycles', '3 rejected validateNoGroupCycles', '4 rejected validateNoGroupCycles', '5 created']],
    ['hung below its own child of the directory', [[{ id: 'A' }, { id: 'B', parent: 'A' }], [{ id: 'A', parent: 'B' }]], ['2 rejected validateNoGroupCycles']],
    ['turned round in one file', [[{ id: 'A' }, { id: 'B', parent: 'A' }, { id: 'C' }], [{ id: 'A', parent: 'B' }, { id: 'B', parent: 'C' }]], ['2 updated', '3 updated']],
    ['below a circle, not in it', [[{ id: 'A', parent: 'A' }, { id: 'B', parent: 'A' }]], ['2 rejected validateNoGroupCycles', '3 created validateParentGroupExists']],
  ])('%s', async (_name, files, expected) => {
    expect(await rows(...files)).toEqual(expected);
  });
});

describe('groups that rows name', () => {
  const byName = (value: string) => ({ by: 'name', value }) as const;

  test('by id and by name in one file are one group, and the same file again changes nothing', async () => {
    const { run } = await company(at.db);
    const users: UserCells[] = [{ id: 'A', groups: ['Sales'] }, { id: 'B', groups: [byName('sales')] }];
    expect((await run({ users })).changes.groupsCreated).toBe(1);
    expect((await run({ users })).rows).toEqual(['2 unchanged', '3 unchanged']);
  });

  test('first by name, then by id, then by name again stay one group', async () => {
    const { run, tenantId } = await company(at.db);
    await run({ users: [{ id: 'A', groups: [byName('Ops')] }] });
    expect((await run({ users: [{ id: 'B', groups: ['Ops'] }] })).changes).toMatchObject({ groupsCreated: 0, groupsUpdated: 1 });
    expect((await run({ users: [{ id: 'A', groups: [byName('ops')] }] })).rows).toEqual(['2 unchanged']);
    expect((await listGroups(at.db, tenantId, { limit: 10 })).items).toMatchObject([{ externalId: 'Ops', name: 'Ops', members: 2 }]);
  });

  test('a group made by name gets its id also from a file that says it in two rows', async () => {
    const { run } = await company(at.db);
    const users: UserCells[] = [{ id: 'A', groups: [byName('Birds')] }];
    await run({ users });
    await run({ groups: [{ id: 'BIRD', name: 'Birds' }, { id: 'BIRD', name: 'Birds' }] });
    expect((await run({ users })).rows).toEqual(['2 unchanged']);
  });

  test('a group whose own row is refused is left out, and its people apply', async () => {
    const { run, tenantId } = await company(at.db);
    const ran = await run({
      groups: [{ id: 'CYA', parent: 'CYB' }, { id: 'CYB', parent: 'CYA' }],
      users: [{ id: 'A', groups: ['CYA'] }],
    });
    expect(ran.rows).toEqual(['2 rejected validateNoGroupCycles', '3 rejected validateNoGroupCycles', '2 created validateGroupExists']);
    expect((await listGroups(at.db, tenantId, { limit: 10 })).items).toEqual([]);
  });
});

describe('a parent that people of the same file make by naming it', () => {
  const file = { groups: [{ id: 'A', parent: 'NEW' }], users: [{ id: 'E1', groups: ['NEW'] }] };

  test('is known, so that the file sent again changes nothing', async () => {
    const { run, tenantId } = await company(at.db);
    expect((await run(file)).rows).toEqual(['2 created', '2 created validateGroupExists']);
    expect((await listGroups(at.db, tenantId, { externalId: 'A', limit: 1 })).items).toMatchObject([{ parent: { externalId: 'NEW' } }]);
    expect((await run(file)).rows).toEqual(['2 unchanged', '2 unchanged']);
  });

  test('is unknown while it is not made', async () => {
    const { run } = await company(at.db);
    expect((await run({ ...file, policy: { unknownGroup: 'skip' } })).rows).toEqual(['2 created validateParentGroupExists', '2 created validateGroupExists']);
  });

  test('is unknown when the group that takes its id stands below the one that names it', async () => {
    const { run, tenantId } = await company(at.db);
    await run({ groups: [{ id: 'A' }], users: [{ id: 'E1', groups: [{ by: 'name', value: 'New' }] }] });
    const [parent, child] = (await listGroups(at.db, tenantId, { limit: 2 })).items;
    await at.db.knex('groups').where({ id: child!.id }).update({ parent_id: parent!.id });
    expect(child).toMatchObject({ externalId: null });
    expect((await run(file)).rows).toEqual(['2 unchanged validateParentGroupExists', '2 unchanged validateGroupExists']);
    expect((await listGroups(at.db, tenantId, { externalId: 'NEW', limit: 1 })).items).toMatchObject([{ parent: { externalId: 'A' } }]);
  });
});

test('a chain of many groups is no circle, and one that bites its tail is', async () => {
  const { run } = await company(at.db);
  const chain = (first: string | undefined): GroupCells[] =>
    Array.from({ length: 3_000 }, (_, index) => ({ id: `C${index}`, parent: index === 0 ? first : `C${index - 1}` }));
  expect((await run({ groups: chain(undefined) })).counts.created).toBe(3_000);
  expect((await run({ groups: chain('C2999') })).counts.rejected).toBe(3_000);
});
