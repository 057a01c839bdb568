import { beforeAll, expect, test } from '@jest/globals';
import { withClient } from '@rosterport/database';
import type { TenantId } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';
import { company } from '../testing/company.ts';

const at = testDatabase();
const tenants: TenantId[] = [];

/** E1 is named by id by E2 and by name by E3; E4 names nobody. In the second tenant nobody is named by name. */
beforeAll(async () => {
  for (const byName of [true, false]) {
    const { tenantId, run } = await company(at.db);
    await run({
      groups: [{ id: 'D1' }],
      users: [
        ...[{ id: 'E1', groups: ['D1'] }, { id: 'E2', groups: ['D1'], manager: { by: 'id', value: 'E1' } as const }],
        { id: 'E3', groups: ['D1'], ...(byName && { manager: { by: 'name', value: 'First E1' } as const }) },
        { id: 'E4', groups: ['D1'] },
      ],
    });
    tenants.push(tenantId);
  }
});

const renamed = `update users set last_name = 'Other', name_key = 'first other' where external_id = 'E1'`;

test.each([
  ['something that names nobody', `update users set language = 'sv' where external_id = 'E4'`, ['E4'], ['E4']],
  ['nothing', `update users set language = 'sv' where external_id = 'E9'`, [], []],
  ['the name of somebody', renamed, ['E1', 'E3'], ['E1']],
  ['whether somebody is active', `update users set active = false, inactive_cause = 'hand' where external_id = 'E1'`, ['E1', 'E3'], ['E1']],
  ['the id of somebody', `update users set external_id = 'E9' where external_id = 'E1'`, ['E9', 'E2'], ['E9', 'E2']],
  ['that somebody is there', `delete from users where external_id = 'E1'`, ['E2', 'E3'], ['E2']],
  [
    'who bears a name',
    `insert into users (tenant_id, first_name, last_name, name_key) select distinct tenant_id, 'First', 'E1', 'first e1' from users`,
    ['E3'],
    [],
  ],
])('a change of %s drops the hash of whoever was compared with it', async (_what, change, ...dropped) => {
  await withClient(at.db, async (client) => {
    for (const [index, expected] of dropped.entries()) {
      await client.query('begin');
      await client.query(`update users set row_hash = decode(repeat('00', 16), 'hex')`);
      await client.query(change);
      const { rows } = await client.query<{ id: string }>(
        'select external_id as id from users where tenant_id = $1 and row_hash is null and external_id is not null',
        [tenants[index]],
      );
      expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(expected));
      await client.query('rollback');
    }
  });
});
