import { describe, expect, test } from '@jest/globals';
import { testDatabase } from '@rosterport/testing';
import { listGroups } from '../read/groups.ts';
import { listUsers } from '../read/users.ts';
import { company, domainOf } from '../testing/company.ts';

const at = testDatabase();
const all = { limit: 1000 };

describe('a first file', () => {
  test('makes people, groups, memberships, managers and attributes', async () => {
    const { tenantId, run } = await company(at.db);
    const ran = await run({
      groups: [{ id: 'D1', name: 'HR' }, { id: 'D2', name: 'Sales', parent: 'D1', responsibleManager: 'E2' }],
      users: [
        { id: 'E1', groups: ['D1'], manager: { by: 'id', value: 'E2' }, attributes: { City: 'Lund' } },
        { id: 'E2', groups: ['D1', 'D2'], phone: '+46701234567', isManager: true, language: 'sv' },
      ],
    });
    expect(ran.rows).toEqual(['2 created', '3 created', '2 created', '3 created']);
    expect(ran.changes).toMatchObject({ usersCreated: 2, groupsCreated: 2, membershipsAdded: 3, managersAdded: 2, attributesDefined: 1 });
    const users = await listUsers(at.db, tenantId, all);
    expect(users.items).toMatchObject([
      { externalId: 'E1', email: `e1@${domainOf(tenantId)}`, active: true, attributes: { City: 'Lund' }, groups: [{ externalId: 'D1' }] },
      { externalId: 'E2', phone: '+46701234567', isManager: true, language: 'sv', groups: [{ name: 'HR' }, { name: 'Sales' }] },
    ]);
    const groups = await listGroups(at.db, tenantId, all);
    expect(groups.items).toMatchObject([
      { externalId: 'D1', parent: null, members: 2, managers: [{ externalId: 'E2' }] },
      { externalId: 'D2', parent: { externalId: 'D1' }, members: 1, managers: [{ externalId: 'E2' }] },
    ]);
  });

  test('a second time changes nothing and writes nothing', async () => {
    const { tenantId, run } = await company(at.db);
    const file = {
      groups: [{ id: 'D1' }, { id: 'D2', parent: 'D1', responsibleManager: 'E1' }],
      users: [{ id: 'E1', groups: ['D2', { by: 'name', value: 'group d1' } as const], manager: { by: 'name', value: 'First E2' } as const, attributes: { City: 'Lund' } }, { id: 'E2', phone: '+46701234567' }],
    };
    await run(file);
    const before = await snapshot(tenantId);
    const again = await run(file);
    expect(again.counts).toMatchObject({ unchanged: 4, created: 0, updated: 0 });
    expect(Object.values(again.changes).every((count) => count === 0)).toBe(true);
    expect(await snapshot(tenantId)).toEqual(before);
  });
});

/** Every table of the directory, with the row versions, so that even a write of equal values would show. */
async function snapshot(tenantId: string): Promise<unknown> {
  const { rows } = await at.db.pool.query(
    `select 'u' as kind, id::text, xmin::text from users where tenant_id = $1 union all
     select 'g', id::text, xmin::text from groups where tenant_id = $1 union all
     select 'm', user_id || ':' || group_id, xmin::text from memberships where user_id in (select id from users where tenant_id = $1) union all
     select 'f', id::text, xmin::text from manager_facts where tenant_id = $1 union all
     select 'c', key, xmin::text from claims where tenant_id = $1 union all
     select 'j', id::text, xmin::text from journal where tenant_id = $1 order by 1, 2`,
    [tenantId],
  );
  return rows;
}
