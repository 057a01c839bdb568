import { afterEach, expect, test } from '@jest/globals';
import { testDatabase } from '@rosterport/testing';
import { company, type Company, type Ran, type UserCells } from '../testing/company.ts';

const at = testDatabase();

afterEach(() => at.db.pool.query('truncate tenants, users, groups, memberships, manager_facts, claims, journal cascade'));

/** So wide that a few hundred make several pieces for COPY. */
const wide = { City: 'x'.repeat(1_000) };

/** Row `number` of a file whose rows repeat, contradict or want the same now and then, near each other and far apart. */
function userOf(number: number): UserCells {
  const [id, other] = [`E${number}`, `E${Math.floor(number / 2)}`];
  const plain = { id, attributes: wide, groups: [`D${number % 7}`], manager: { by: 'id' as const, value: `E${number % 5}` } };
  if (number % 40 === 3) return { ...plain, id: other, firstName: `First ${other}`, lastName: `Last ${other}`, email: undefined };
  if (number % 40 === 7) return { ...plain, id: other, firstName: 'Somebody else' };
  if (number % 40 === 11) return { ...plain, faulty: true };
  if (number % 40 === 15) return { ...plain, unreadable: true };
  if (number % 40 === 19) return { ...plain, email: 'wanted@twice.example' };
  if (number % 40 === 23) return { ...plain, active: false };
  if (number % 40 === 27) return { ...plain, groups: ['D1', 'D2'], attributes: { ...wide, Team: null } };
  return plain;
}

const file = Array.from({ length: 400 }, (_, index) => userOf(index + 1));

async function shown({ tenantId }: Company): Promise<readonly unknown[]> {
  const { rows } = await at.db.pool.query<Record<string, unknown>>(
    `select u.external_id, u.first_name, u.last_name, u.email, u.is_manager, u.active, u.attributes, u.made_row,
       array(select g.name from memberships m join groups g on g.id = m.group_id where m.user_id = u.id order by 1) as groups,
       array(select f.manager_ref from manager_facts f where f.user_id = u.id order by 1) as managers,
       array(select c.key from claims c where c.user_id = u.id order by 1) as claims
     from users u where u.tenant_id = $1 order by u.id`,
    [tenantId],
  );
  return rows.map((row) => JSON.parse(JSON.stringify(row).replaceAll(tenantId.slice(0, 8), 'company')) as unknown);
}

const told = ({ counts, changes, rows, told: found }: Ran): unknown => ({ counts, changes, rows, found });

test('people who are planned while the file is read are the same as those who are planned when it has been read', async () => {
  const [ahead, behind] = [await company(at.db), await company(at.db)];
  const [first, second] = [await ahead.run({ users: file, partBytes: 1 }), await behind.run({ users: file })];
  expect(first.plannedAhead).toBe(file.filter(({ faulty, unreadable }) => faulty !== true && unreadable !== true).length);
  expect(told(first)).toEqual(JSON.parse(JSON.stringify(told(second)).replaceAll(behind.tenantId.slice(0, 8), ahead.tenantId.slice(0, 8))));
  expect(await shown(ahead)).toEqual(await shown(behind));
});

test('nobody is planned ahead where the tenant has somebody', async () => {
  const { run } = await company(at.db);
  await run({ users: [{ id: 'E1' }] });
  const { plannedAhead, counts } = await run({ users: [{ id: 'E1' }, { id: 'E2' }], partBytes: 1 });
  expect({ plannedAhead, counts }).toMatchObject({ plannedAhead: 0, counts: { unchanged: 1, created: 1 } });
});

test('where a row was not found then, all are planned when the file has been read', async () => {
  const { tenantId, run } = await company(at.db);
  const { counts } = await run({ users: [{ id: 'E1' }, { id: 'E2' }, { id: 'E3' }], partBytes: 1, missed: 1 });
  expect(counts).toMatchObject({ created: 3 });
  const { rows } = await at.db.pool.query('select external_id from users where tenant_id = $1 order by id', [tenantId]);
  expect(rows.map((row: { external_id: string }) => row.external_id)).toEqual(['E1', 'E2', 'E3']);
});
