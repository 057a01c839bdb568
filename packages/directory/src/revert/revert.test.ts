import { describe, expect, test } from '@jest/globals';
import { testDatabase } from '@rosterport/testing';
import { company, domainOf, type Company, type FileCells } from '../testing/company.ts';
import { dump } from '../testing/dump.ts';
import { revertJob } from '../testing/revert-job.ts';

const at = testDatabase();

/** A company in which something is: people in two groups, one below the other, with a manager and an attribute. */
async function settled(): Promise<Company> {
  const made = await company(at.db);
  await made.run({
    groups: [{ id: 'D1', name: 'HR' }, { id: 'D2', name: 'Sales', parent: 'D1', responsibleManager: 'E2' }],
    users: [
      { id: 'E1', groups: ['D1'], manager: { by: 'id', value: 'E2' }, attributes: { City: 'Lund' }, phone: '+46701740605' },
      { id: 'E2', groups: ['D1', 'D2'], phone: '+46701740606' },
      { id: 'E3', groups: ['D2'], manager: { by: 'name', value: 'First E1' } },
    ],
  });
  return made;
}

const files: readonly (readonly [string, FileCells])[] = [
  ['nothing', { users: [{ id: 'E1' }] }],
  ['values', { users: [{ id: 'E1', lastName: 'New', email: null, phone: '+46701740607', language: 'sv', isManager: true }] }],
  ['new people, groups and attributes', { groups: [{ id: 'D3', parent: 'D2' }], users: [{ id: 'E4', groups: ['D3', 'D4'], manager: { by: 'name', value: 'first e5' }, attributes: { Town: 'Lund' } }, { id: 'E5' }] }],
  ['attributes one by one', { users: [{ id: 'E1', attributes: { City: null, Town: 'Ystad' } }, { id: 'E2', attributes: { City: 'Malmö' } }] }],
  ['people who go', { mode: 'full', users: [{ id: 'E1', active: false }, { id: 'E3' }] }],
  ['a phone that changes hands', { users: [{ id: 'E1', phone: '+46701740606' }, { id: 'E2', phone: '+46701740605' }] }],
  ['a phone of one who goes', { users: [{ id: 'E1', active: false }, { id: 'E2', phone: '+46701740605' }] }],
  ['groups that move', { groups: [{ id: 'D1', parent: 'D2' }, { id: 'D2', parent: null, name: 'Sold' }] }],
  ['memberships and managers', { users: [{ id: 'E1', groups: ['D2'] }, { id: 'E3', groups: [], manager: null }] }],
  ['a full file with somebody else', { mode: 'full', users: [{ id: 'E2' }, { id: 'E3' }, { id: 'E9', email: null }] }],
  ['managers of the same group', { groups: [{ id: 'D2', responsibleManager: 'E3' }, { id: 'D1', responsibleManager: 'E3' }] }],
];

describe('a revert restores the directory', () => {
  test.each(files)('after %s', async (_name, file) => {
    const { run, tenantId } = await settled();
    const before = await dump(at.db, tenantId);
    const { jobId, changes } = await run(file);
    const after = await dump(at.db, tenantId);
    const back = await revertJob(at.db, tenantId, jobId);
    expect(back.kept).toBe(0);
    expect(await dump(at.db, tenantId)).toEqual(before);
    expect(back.changes).toMatchObject({ usersRemoved: changes.usersCreated, usersReactivated: changes.usersDeactivated, groupsRemoved: changes.groupsCreated, membershipsRemoved: changes.membershipsAdded, membershipsAdded: changes.membershipsRemoved, managersAdded: changes.managersRemoved, managersRemoved: changes.managersAdded, attributesRemoved: changes.attributesDefined });
    const again = await revertJob(at.db, tenantId, back.jobId);
    expect(again).toMatchObject({ kept: 0, changes });
    expect(await dump(at.db, tenantId)).toEqual(after);
    await revertJob(at.db, tenantId, again.jobId);
    expect(await dump(at.db, tenantId)).toEqual(before);
    await revertJob(at.db, tenantId, jobId);
    expect(await dump(at.db, tenantId)).toEqual(before);
  });
});

test('a rename, and the first match of a person made by hand, are undone', async () => {
  const { run, tenantId } = await settled();
  await at.db.knex('users').insert({ tenant_id: tenantId, first_name: 'By', last_name: 'Hand', name_key: 'by hand', email: `hand@${domainOf(tenantId)}`, email_key: `hand@${domainOf(tenantId)}`, active: false, inactive_cause: 'hand', administrator: true });
  const before = await dump(at.db, tenantId);
  const { jobId, changes } = await run({
    mode: 'full',
    users: [{ id: 'E2' }, { id: 'E3' }, { id: 'E9', lastName: 'E9', email: `e1@${domainOf(tenantId)}` }, { id: 'E10', groups: ['D1'], active: true, email: `Hand@${domainOf(tenantId)}` }],
  });
  expect(changes).toMatchObject({ usersCreated: 0, usersUpdated: 1, usersReactivated: 1 });
  const after = await dump(at.db, tenantId);
  const back = await revertJob(at.db, tenantId, jobId);
  expect(await dump(at.db, tenantId)).toEqual(before);
  await revertJob(at.db, tenantId, back.jobId);
  expect(await dump(at.db, tenantId)).toEqual(after);
});

test('all of a first file is undone', async () => {
  const { run, tenantId } = await company(at.db);
  const empty = await dump(at.db, tenantId);
  const { jobId } = await run({ groups: [{ id: 'A' }, { id: 'B', parent: 'A' }], users: [{ id: 'E1', groups: ['B', 'C'], email: `x@${domainOf(tenantId)}` }] });
  await revertJob(at.db, tenantId, jobId);
  expect(await dump(at.db, tenantId)).toEqual(empty);
});
