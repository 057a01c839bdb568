import { randomBytes } from 'node:crypto';
import { afterEach, expect, test } from '@jest/globals';
import { openDatabase, withClient } from '@rosterport/database';
import { testDatabase } from '@rosterport/testing';
import { company } from '../testing/company.ts';
import { staff } from '../testing/staff.ts';

const at = testDatabase();
const tables = ['users', 'claims', 'memberships', 'manager_facts'];

afterEach(() => at.db.pool.query('truncate tenants, users, memberships, manager_facts, claims, journal cascade'));

interface Index {
  readonly definition: string;
  readonly file: string;
}

async function indexes(): Promise<readonly Index[]> {
  const { rows } = await at.db.pool.query<Index>(
    `select concat_ws(' ', pg_get_indexdef(i.indexrelid), pg_get_constraintdef(c.oid), i.indisvalid) as definition,
       pg_relation_filenode(i.indexrelid)::text as file
     from pg_index i left join pg_constraint c on c.conindid = i.indexrelid
     where i.indrelid = any($1::text[]::regclass[]) order by 1`,
    [tables],
  );
  return rows;
}

/** How each trigger of the tables is. */
async function triggers(): Promise<readonly unknown[]> {
  const { rows } = await at.db.pool.query<Record<string, string>>(
    `select tgrelid::regclass::text as table, tgname as name, tgenabled as enabled from pg_trigger where tgrelid = any($1::text[]::regclass[]) and not tgisinternal order by 1, 2`,
    [tables],
  );
  return rows;
}

const definitions = (list: readonly Index[]): readonly string[] => list.map(({ definition }) => definition);
const files = (list: readonly Index[]): ReadonlySet<string> => new Set(list.map(({ file }) => file));

const many = staff(5_000, (number) => ({
  groups: [`D${number % 50}`],
  manager: { by: number % 2 === 0 ? 'id' : 'name', value: number % 2 === 0 ? 'E1' : 'First E2' },
  phone: number === 7 ? '+46701234567' : undefined,
}));

/** What the first file of many people does. */
async function load(db = at.db): Promise<unknown> {
  const { run } = await company(db);
  const { counts, changes } = await run({ users: many });
  return { counts, changes };
}

test('the indexes of tables that a first file filled are the same, but made anew, and their triggers as they were', async () => {
  const before = await indexes();
  const triggersBefore = await triggers();
  expect(await load()).toMatchObject({ counts: { created: 5_000 }, changes: { membershipsAdded: 5_000, managersAdded: 50 } });
  const after = await indexes();
  expect(triggersBefore).not.toEqual([]);
  expect(await triggers()).toEqual(triggersBefore);
  expect(definitions(after)).toEqual(definitions(before));
  expect([...files(before)].filter((file) => files(after).has(file))).toEqual([]);
  const { rows } = await at.db.pool.query<{ kind: string; count: number }>('select kind, count(*)::int as count from claims group by 1 order by 1');
  expect(rows).toEqual([{ kind: 'email', count: 5_000 }, { kind: 'phone', count: 1 }]);
});

test('what groups say of their managers stays when the first people come', async () => {
  const { run } = await company(at.db);
  await run({ groups: [{ id: 'D1', responsibleManager: 'E5' }] });
  expect(await run({ users: many })).toMatchObject({ counts: { created: 5_000 }, changes: { managersAdded: 51 } });
  const { rows } = await at.db.pool.query<{ of: string; facts: number }>(
    `select case when user_id is null then 'group' else 'member' end as of, count(*)::int as facts from manager_facts group by 1 order by 1`,
  );
  expect(rows).toEqual([{ of: 'group', facts: 1 }, { of: 'member', facts: 5_000 }]);
});

type Work = () => Promise<unknown>;

const reasons = {
  'somebody else is at a table': async (work: Work) =>
    withClient(at.db, async (client) => {
      await client.query('begin');
      await client.query('select from memberships');
      const done = await work();
      await client.query('commit');
      return done;
    }),
  'the tables belong to another role': async () => {
    const role = `user_${randomBytes(6).toString('hex')}`;
    await at.db.pool.query(`create role ${role}; grant all on all tables in schema public to ${role}; grant all on all sequences in schema public to ${role}`);
    const url = new URL(at.url);
    url.searchParams.set('options', `-c role=${role}`);
    const db = await openDatabase({ url: url.href });
    try {
      return await load(db);
    } finally {
      await db.close();
      await at.db.pool.query(`drop owned by ${role}; drop role ${role}`);
    }
  },
  'another company has people': async (work: Work) => {
    const other = await company(at.db);
    await other.run({ users: staff(1) });
    return work();
  },
};

test.each(Object.entries(reasons))('indexes are kept while %s, with the same outcome', async (_reason, meanwhile) => {
  const alone = await load();
  await at.db.pool.query('truncate tenants, users, memberships, manager_facts, claims, journal cascade');
  const before = await indexes();
  expect(await meanwhile(() => load())).toEqual(alone);
  expect(await indexes()).toEqual(before);
});
