import { expect, test } from '@jest/globals';
import { testDatabase } from '@rosterport/testing';
import { company } from '../testing/company.ts';
import { toldOf } from '../testing/journal-replay.ts';

const at = testDatabase();

test('a first load writes no entry for what its people tell, and each is told as it was when it stops being so', async () => {
  const { tenantId, run } = await company(at.db);
  const written = async (): Promise<readonly string[]> => {
    const { rows } = await at.db.pool.query<{ entry: string }>(
      `select concat_ws(' ', l.kind, u.external_id) as entry from journal l left join users u
         on u.id = case when l.kind = 'managerFact' then (coalesce(l.after, l.before) ->> 'userId')::bigint when l.kind <> 'group' then l.record_id end
       where l.tenant_id = $1 order by l.id`,
      [tenantId],
    );
    return rows.map(({ entry }) => entry);
  };
  const manager = { by: 'id', value: 'E2' } as const;
  await run({ groups: [{ id: 'D1' }], users: ['E1', 'E2', 'E3'].map((id) => ({ id, groups: ['D1'], manager })) });
  const told = await toldOf(at.db, tenantId);
  expect(told).toHaveLength(10);
  expect(await written()).toEqual(['group']);
  await run({ users: [{ id: 'E1', language: 'sv' }, { id: 'E2', groups: [] }, { id: 'E3', manager: null }] });
  expect((await toldOf(at.db, tenantId)).slice(0, 10)).toEqual(told);
  // How a link came is carried by the entry of its end.
  expect(await written()).toEqual(['group', 'user E1', ...['user E1', 'membership E2', 'managerFact E2', 'managerFact E3']]);
  await at.db.pool.query(`delete from memberships m using users u where u.id = m.user_id and u.tenant_id = $1 and u.external_id = 'E3'`, [tenantId]);
  expect((await toldOf(at.db, tenantId)).slice(0, 10)).toEqual(told);
  expect(await written()).toContain('membership E3');
});
