import { expect, test } from '@jest/globals';
import { withClient } from '@rosterport/database';
import { testDatabase } from '@rosterport/testing';
import { removeGroup } from '../edit/remove-group.ts';
import { company, type Company } from '../testing/company.ts';
import { dump } from '../testing/dump.ts';
import { faultsOf } from '../testing/soundness.ts';
import { lockDirectory } from '../work/lock-directory.ts';
import { erasePerson } from './erase-person.ts';
import { personTraces } from './person-traces.ts';

const at = testDatabase();

/** Two people who are in two groups and name each other as managers, one of the groups made by hand. */
async function firm(): Promise<Company & { readonly personId: string; readonly groupId: string }> {
  const place = await company(at.db);
  const { rows } = await at.db.pool.query<{ id: string }>(
    `insert into groups (tenant_id, name, name_key) values ($1, 'By hand', 'by hand') returning id::text`,
    [place.tenantId],
  );
  await place.run({
    groups: [{ id: 'D1', responsibleManager: 'E1' }],
    users: [
      { id: 'E1', phone: '+46701740605', groups: ['D1', { by: 'name', value: 'By hand' }], manager: { by: 'id', value: 'E2' } },
      { id: 'E2', groups: ['D1', { by: 'name', value: 'By hand' }], manager: { by: 'name', value: 'First E1' } },
    ],
  });
  const { users } = await dump(at.db, place.tenantId);
  return { ...place, personId: String(users.find((user) => user['external_id'] === 'E1')?.id), groupId: rows[0]?.id ?? '' };
}

test('whoever is erased leaves no membership, no fact about managers and no claim', async () => {
  const { tenantId, personId } = await firm();
  await withClient(at.db, async (client) => {
    await client.query('begin');
    await lockDirectory(client, tenantId);
    await erasePerson({ client, tenantId }, await personTraces({ client, tenantId }, personId));
    await client.query('commit');
  });
  const left = await dump(at.db, tenantId);
  expect(faultsOf(left)).toEqual([]);
  expect(left).toMatchObject({ users: [{ external_id: 'E2' }], memberships: [{}, {}], facts: [] });
});

test('a group that is removed leaves no membership and no fact about managers', async () => {
  const { tenantId, groupId } = await firm();
  await at.db.pool.query('update feeds set enabled = false where tenant_id = $1', [tenantId]);
  await withClient(at.db, async (client) => {
    await client.query('begin');
    await removeGroup({ client, tenantId, credentialId: null }, groupId, 'refuse');
    await client.query('commit');
  });
  const left = await dump(at.db, tenantId);
  expect(faultsOf(left)).toEqual([]);
  expect(left).toMatchObject({ groups: [{ external_id: 'D1' }], memberships: [{}, {}], facts: [{}, {}, {}] });
});
