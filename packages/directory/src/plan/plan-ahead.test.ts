import { afterEach, expect, test } from '@jest/globals';
import { withClient } from '@rosterport/database';
import type { UserRecord } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';
import { company, type Company, type Ran, type UserCells } from '../testing/company.ts';
import { openWork } from '../work/open-work.ts';
import { stageUsers, type StagedRows } from '../work/stage-rows.ts';
import { planAhead } from './plan-ahead.ts';

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

test.each<readonly [who: string, firstName: string, fault: Error | null, said: RegExp]>([
  ['the server refuses a row', 'a\0b', null, /invalid byte sequence/],
  ['the file cannot be read to its end', 'Bo', new Error('the file is cut off'), /cut off/],
])('when %s in the middle, that is told and the connection goes on', async (_who, firstName, fault, said) => {
  const { tenantId, sourceId } = await company(at.db);
  async function* rows(): StagedRows<UserRecord> {
    for (let ordinal = 1; ordinal < 2_000; ordinal++) {
      if (ordinal === 1_000 && fault !== null) throw fault;
      const record = { externalId: `E${ordinal}`, firstName: ordinal === 1_000 ? firstName : 'Bo', lastName: 'x'.repeat(1_000), attributes: {} } as UserRecord;
      yield [{ ordinal, row: { sheet: null, row: ordinal, externalId: record.externalId, issues: [], record } }];
      await Promise.resolve();
    }
  }
  await withClient(at.db, async (client) => {
    await client.query('begin');
    await openWork(client);
    const ahead = await planAhead({ client, tenantId, sourceId }, 1);
    await expect(stageUsers(client, rows(), ahead)).rejects.toThrow(said);
    expect(ahead?.people).toBeGreaterThan(0);
    await client.query('rollback');
    expect((await client.query('select 1')).rowCount).toBe(1);
  });
});
