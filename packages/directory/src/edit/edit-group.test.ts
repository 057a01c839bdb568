import { beforeAll, describe, expect, test } from '@jest/globals';
import { inTransaction, transactionClient } from '@rosterport/database';
import { isFailure } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';
import { findGroup, listGroups } from '../read/groups.ts';
import { company, type Company } from '../testing/company.ts';
import type { EditContext, Edited } from './edit-context.ts';
import { revertJob } from '../testing/revert-job.ts';
import { createGroup, editGroup, type GroupEdit, type NewGroup } from './edit-group.ts';
import { createUser } from './edit-user.ts';
import { removeGroup, type RemovedGroup } from './remove-group.ts';

const database = testDatabase();
let acme: Company;

beforeAll(async () => {
  acme = await company(database.db);
  await acme.run({ groups: [{ id: 'G' }, { id: 'H', parent: 'G' }], users: [{ id: 'E1', groups: [{ by: 'name', value: 'By name' }] }] });
});

function byHand<Result>(work: (context: EditContext) => Promise<Result>): Promise<Result> {
  const { tenantId } = acme;
  return inTransaction(database.db, async (tx) => work({ client: await transactionClient(tx), tenantId, credentialId: null }));
}

const create = (group: NewGroup): Promise<Edited> => byHand((context) => createGroup(context, group));
const edit = (id: string, change: GroupEdit): Promise<Edited> => byHand((context) => editGroup(context, id, change));
const remove = (id: string, children: 'refuse' | 'moveUp' = 'refuse'): Promise<RemovedGroup> => byHand((context) => removeGroup(context, id, children));
const shown = (id: string) => findGroup(database.db, acme.tenantId, id);

async function idOf(name: string): Promise<string> {
  return (await listGroups(database.db, acme.tenantId, { limit: 100 })).items.find((group) => group.name === name)!.id;
}

async function failureOf(work: Promise<unknown>): Promise<readonly [string, string]> {
  const error = await work.then(() => null, (thrown: unknown) => thrown);
  if (!isFailure(error)) throw new Error(`It did not fail as it should: ${String(error)}`);
  return [error.code, error.message];
}

describe('a group by hand', () => {
  test('is made, changed and moved, each with before and after in the journal', async () => {
    const top = await create({ name: 'Projects' });
    const { id } = await create({ name: 'Moon', description: 'Rockets', parent: top.id });
    expect(await shown(id)).toMatchObject({ name: 'Moon', externalId: null, description: 'Rockets', parent: { id: top.id } });
    expect(await edit(id, { name: 'Mars', description: null, parent: await idOf('Group G') })).toEqual({ id, changed: ['name', 'description', 'parent'] });
    expect(await edit(id, { name: 'Mars', parent: null })).toEqual({ id, changed: ['parent'] });
    expect(await edit(id, { name: 'Mars', parent: null })).toEqual({ id, changed: [] });
    const { rows } = await database.db.pool.query(`select before, after from journal where kind = 'group' and record_id = $1 order by id`, [id]);
    const [g, above] = [Number(await idOf('Group G')), Number(top.id)];
    expect(rows).toEqual([
      { before: null, after: { name: 'Moon', description: 'Rockets', parentId: above } },
      { before: { name: 'Moon', description: 'Rockets', parentId: above }, after: { name: 'Mars', description: null, parentId: g } },
      { before: { parentId: g }, after: { parentId: null } },
    ]);
  });

  test('stands in no circle', async () => {
    const a = await create({ name: 'A' });
    const b = await create({ name: 'B', parent: a.id });
    const c = await create({ name: 'C', parent: b.id });
    for (const below of [a, b, c]) {
      expect(await failureOf(edit(a.id, { parent: below.id }))).toEqual(['valueInvalid', expect.stringContaining('validateNoGroupCycles')]);
    }
    expect(await edit(c.id, { parent: a.id })).toMatchObject({ changed: ['parent'] });
  });

  test('has a name of its own among its siblings, whatever its case', async () => {
    const one = await create({ name: 'Night shift' });
    expect(await failureOf(create({ name: 'NIGHT  SHIFT' }))).toEqual(['valueTaken', expect.stringContaining(`id ${one.id} `)]);
    const other = await create({ name: 'Night shift', parent: one.id });
    expect((await failureOf(edit(other.id, { parent: null })))[0]).toBe('valueTaken');
    expect(await edit(one.id, { name: 'Night Shift' })).toMatchObject({ changed: ['name'] });
  });

  test('needs a parent of the same directory', async () => {
    const strange = await company(database.db);
    await strange.run({ groups: [{ id: 'S' }] });
    const [far] = (await listGroups(database.db, strange.tenantId, { limit: 1 })).items;
    for (const parent of [far!.id, '999999']) expect((await failureOf(create({ name: 'Lost', parent })))[0]).toBe('notFound');
    expect((await failureOf(edit(far!.id, { name: 'Ours' })))[0]).toBe('notFound');
  });

  test('becomes the group of the file that names it', async () => {
    const { id } = await create({ name: 'Garden' });
    await acme.run({ groups: [{ id: 'GA', name: 'garden' }] });
    expect(await shown(id)).toMatchObject({ externalId: 'GA', name: 'garden' });
  });
});

describe('a managed group', () => {
  test.each(['Group H', 'By name'])('%s keeps its values while a feed of the source is enabled', async (name) => {
    const id = await idOf(name);
    expect(await failureOf(edit(id, { description: 'Mine' }))).toEqual(['groupManaged', expect.stringContaining('`files`')]);
    expect(await edit(id, { name })).toEqual({ id, changed: [] });
    await database.db.knex('feeds').where({ tenant_id: acme.tenantId }).update({ enabled: false });
    expect(await edit(id, { description: 'Mine' })).toEqual({ id, changed: ['description'] });
    await database.db.knex('feeds').where({ tenant_id: acme.tenantId }).update({ enabled: true });
  });

  test('may have groups below it that were made by hand', async () => {
    const { id } = await create({ name: 'Below', parent: await idOf('Group G') });
    expect((await shown(id)).parent?.externalId).toBe('G');
  });
});

describe('a group that is removed by hand', () => {
  test('goes with its links, each in the journal', async () => {
    const { id } = await create({ name: 'Choir', description: 'Sings' });
    const names = { firstName: 'Eva', lastName: 'Falk', email: `eva@${acme.tenantId}.example` };
    const person = await byHand((context) => createUser(context, { ...names, groups: [id] }));
    expect(await remove(id)).toEqual({ id, changed: ['name', 'description'], moved: [] });
    expect(await failureOf(shown(id))).toEqual(['notFound', expect.any(String)]);
    const { rows } = await database.db.pool.query(
      `select kind, record_id::text as id, before, after from journal j where job_id is null order by j.id desc limit 2`,
    );
    expect(rows).toEqual([
      { kind: 'group', id, before: { name: 'Choir', description: 'Sings' }, after: null },
      { kind: 'membership', id: person.id, before: { groupId: Number(id), sourceId: expect.any(String) }, after: null },
    ]);
    expect((await failureOf(remove(id)))[0]).toBe('notFound');
  });

  test('moves up the groups below it when told, and is kept otherwise', async () => {
    const top = await create({ name: 'Top' });
    const { id } = await create({ name: 'Middle', parent: top.id });
    const child = await create({ name: 'Middle', parent: id });
    expect(await failureOf(remove(id))).toEqual(['groupInUse', `The group cannot be removed: the group with the id ${child.id} is below it.`]);
    expect(await shown(id)).toMatchObject({ name: 'Middle' });
    expect(await remove(id, 'moveUp')).toMatchObject({ moved: [child.id] });
    expect(await shown(child.id)).toMatchObject({ name: 'Middle', parent: { id: top.id } });
  });

  test('is not one of a source, nor one that files fill', async () => {
    const { id } = await create({ name: 'Filled' });
    await acme.run({ users: [{ id: 'E7', groups: [{ by: 'name', value: 'Filled' }] }] });
    expect(await failureOf(remove(await idOf('Group H'), 'moveUp'))).toEqual(['groupOfSource', expect.stringContaining('only a group that was made by hand')]);
    const [code, message] = await failureOf(remove(id));
    expect([code, message]).toEqual(['groupInUse', expect.stringContaining('1 person is in it by files of the source')]);
  });

  test('stays away when what files said of it is undone', async () => {
    const { id } = await create({ name: 'Guild' });
    await acme.run({ users: [{ id: 'E8', groups: [{ by: 'name', value: 'Guild' }] }] });
    const left = await acme.run({ users: [{ id: 'E8', groups: ['G'] }] });
    await remove(id);
    await revertJob(database.db, acme.tenantId, left.jobId);
    const { rows } = await database.db.pool.query<{ name: string }>(
      `select g.name from memberships m join groups g on g.id = m.group_id join users u on u.id = m.user_id where u.external_id = 'E8' and u.tenant_id = $1`,
      [acme.tenantId],
    );
    expect(rows.map(({ name }) => name)).not.toContain('Guild');
    expect((await failureOf(shown(id)))[0]).toBe('notFound');
  });
});
