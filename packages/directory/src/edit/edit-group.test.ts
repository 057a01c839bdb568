import { beforeAll, describe, expect, test } from '@jest/globals';
import { inTransaction, transactionClient } from '@rosterport/database';
import { isFailure } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';
import { findGroup, listGroups } from '../read/groups.ts';
import { company, type Company } from '../testing/company.ts';
import type { EditContext, Edited } from './edit-context.ts';
import { createGroup, editGroup, type GroupEdit, type NewGroup } from './edit-group.ts';

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
