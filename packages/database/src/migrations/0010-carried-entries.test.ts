import { expect, test } from '@jest/globals';
import { applyMigrations, migrate } from '../migrate.ts';
import { migrations } from '../migrations.ts';
import { emptyTestDatabase } from '../testing/empty-test-database.ts';

const at = emptyTestDatabase();

const id = '00000000-0000-0000-0000-00000000000a';

/** Somebody whom a job made, with two memberships and a fact that it implies, and a fact that was stated and withdrawn later. */
const directory = `
insert into users (id, tenant_id, source_id, external_id, first_name, last_name, name_key, made_by, made_sheet, made_row, made_entry)
values (1, '${id}', '${id}', 'E1', 'First', 'E1', 'first e1', '${id}', 'Users', 7, 101);
insert into memberships (user_id, group_id, source_id, made_entry) values (1, 1, '${id}', 102), (1, 2, '${id}', 103);
insert into manager_facts (tenant_id, source_id, group_id, user_id, manager_by, manager_ref, manager_key, made_entry)
values ('${id}', '${id}', 1, 1, 'id', 'E9', 'E9', 104);
insert into journal (tenant_id, job_id, kind, record_id, before) values ('${id}', '${id}', 'managerFact', 1, '{"userId": 1, "by": "id", "ref": "E8"}')`;

const told = async (): Promise<readonly object[]> => (await at.db.pool.query<object>('select * from whole_journal order by id')).rows;

const carrying = `insert into journal (tenant_id, job_id, kind, record_id, before, made_entry, made_by, made_sheet, made_row, made_at)
  select u.tenant_id, '${id}'`;
const maker = 'u.made_by, u.made_sheet, u.made_row, u.created_at';

test.each([
  ['by the entry of its end', 1, [
    `select set_config('rosterport.carries_entries', 'on', false)`,
    `${carrying}, 'membership', u.id, jsonb_build_object('groupId', m.group_id), m.made_entry, ${maker} from memberships m join users u on u.id = m.user_id`,
    `${carrying}, 'managerFact', f.group_id, jsonb_build_object('userId', u.id, 'by', f.manager_by, 'ref', f.manager_ref), f.made_entry, ${maker}
     from manager_facts f join users u on u.id = f.user_id`,
    'delete from memberships; delete from manager_facts',
  ]],
  ['by an entry of its own', 4, ['delete from memberships; delete from manager_facts']],
] as const)('how a link of a directory made before came is told the same afterwards %s', async (_how, written, changes) => {
  await applyMigrations(at.db, migrations.filter(({ name }) => name < '0010'));
  await at.db.pool.query(directory);
  const before = await told();
  expect(before).toHaveLength(5);
  await migrate(at.db);
  expect(await told()).toEqual(before);
  const client = await at.db.pool.connect();
  try {
    for (const change of changes) await client.query(change);
  } finally {
    client.release(true);
  }
  const ids = new Set(before.map((entry) => JSON.stringify(entry)));
  expect((await told()).filter((entry) => ids.has(JSON.stringify(entry)))).toEqual(before);
  const { rows } = await at.db.pool.query<{ count: number }>('select count(*)::int as count from journal where made_entry is null');
  expect(rows).toEqual([{ count: written }]);
});
