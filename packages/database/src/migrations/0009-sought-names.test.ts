import { expect, test } from '@jest/globals';
import { applyMigrations, migrate } from '../migrate.ts';
import { migrations } from '../migrations.ts';
import { emptyTestDatabase } from '../testing/empty-test-database.ts';

const at = emptyTestDatabase();

const [byName, byId] = ['00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-00000000000b'];

/** Two tenants of one source each, whose ids are theirs: a manager and a member, who names the manager by name and by id. */
const directory = `
insert into users (id, tenant_id, source_id, external_id, first_name, last_name, name_key, row_hash)
select t.id + p.id, t.tenant, t.tenant, 'E' || p.id, 'First', p.id::text, 'first ' || p.id, decode(repeat('00', 16), 'hex')
from (values (10, '${byName}'::uuid), (20, '${byId}')) t (id, tenant), (values (1), (2)) p (id);
insert into manager_facts (tenant_id, source_id, group_id, user_id, manager_by, manager_ref, manager_key)
values ('${byName}', '${byName}', 1, 12, 'name', 'First 1', 'first 1'), ('${byId}', '${byId}', 2, 22, 'id', 'E1', 'E1');
update users set row_hash = decode(repeat('00', 16), 'hex')`;

const managers = async (): Promise<readonly string[]> => {
  const { rows } = await at.db.pool.query<{ one: string }>(`select group_id || ' ' || user_id as one from group_managers order by 1`);
  return rows.map(({ one }) => one);
};

test('people of a directory made before are found by their names where rows name managers so', async () => {
  await applyMigrations(at.db, migrations.filter(({ name }) => name < '0009'));
  await at.db.pool.query(directory);
  expect(await managers()).toEqual(['1 11', '2 21']);
  await migrate(at.db);
  expect(await managers()).toEqual(['1 11', '2 21']);
  const { rows } = await at.db.pool.query('select id::int, sought_name, row_hash is not null as hashed from users order by id');
  expect(rows).toEqual([
    { id: 11, sought_name: 'first 1', hashed: true },
    { id: 12, sought_name: 'first 2', hashed: true },
    { id: 21, sought_name: null, hashed: true },
    { id: 22, sought_name: null, hashed: true },
  ]);
});

test('whoever is renamed or comes by hand is found by name afterwards', async () => {
  await migrate(at.db);
  await at.db.pool.query(directory);
  await at.db.pool.query(`update users set sought_name = name_key where tenant_id = $1`, [byName]);
  await at.db.pool.query(`update users set last_name = '9', name_key = 'first 9' where id in (11, 21)`);
  expect(await managers()).toEqual(['2 21']);
  await at.db.pool.query(`insert into users (id, tenant_id, first_name, last_name, name_key) values (13, $1, 'First', '1', 'first 1')`, [byName]);
  expect(await managers()).toEqual(['1 13', '2 21']);
  await at.db.pool.query(`insert into users (tenant_id, first_name, last_name, name_key) values ($1, 'First', '1', 'first 1')`, [byName]);
  expect(await managers()).toEqual(['2 21']);
});
