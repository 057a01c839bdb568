import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { changeActions, type JobId, type Page, type RecordChange } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';
import { company, type Company } from '../testing/company.ts';
import type { ChangeQuery } from './change-query.ts';
import { allChanges, listChanges } from './changes.ts';

const at = testDatabase();
let acme: Company;
/** The jobs of the files below, oldest first. */
let jobs: JobId[];

beforeAll(async () => {
  acme = await company(at.db);
  await acme.run({
    groups: [{ id: 'D1', name: 'HR' }, { id: 'D2', name: 'Sales', responsibleManager: 'E1' }],
    users: [
      { id: 'E1', groups: ['D1'], attributes: { City: 'Lund', Floor: '3' } },
      { id: 'E2', groups: ['D1'], manager: { by: 'id', value: 'E1' } },
      { id: 'E3', groups: ['D2'] },
      { id: 'E4', groups: ['D2'] },
    ],
  });
  await acme.run({
    groups: [{ id: 'D2', name: 'Sales', parent: 'D1', responsibleManager: 'E3' }],
    users: [
      { id: 'E1', attributes: { City: 'Oslo', Floor: '3' }, phone: '+46701234567' },
      { id: 'E2', manager: { by: 'id', value: 'E4' } },
      { id: 'E3', groups: ['D1'] },
      { id: 'E4', active: false },
      { id: 'E5', groups: ['D2'] },
    ],
  });
  const { rows } = await at.db.pool.query<{ id: JobId }>(
    'select j.id from jobs j where tenant_id = $1 order by (select min(w.id) from whole_journal w where w.job_id = j.id)',
    [acme.tenantId],
  );
  jobs = rows.map(({ id }) => id);
});

type Asked = Partial<Omit<ChangeQuery, 'tenantId'>>;

function list(asked: Asked): Promise<Page<RecordChange>> {
  return listChanges(at.db, { tenantId: acme.tenantId, jobId: jobs[1]!, source: 'journal', limit: 1_000, ...asked });
}

/** A change in one line. */
function told({ action, kind, externalId, name, values, links }: RecordChange): string {
  const changed = values.map(({ field, before, after }) => `${field} ${JSON.stringify(before)}>${JSON.stringify(after)}`);
  const linked = links.map((link) => `${link.change} ${link.kind} ${link.group.name}${link.manager === null ? '' : `=${link.manager}`}`);
  return [action, kind, externalId ?? name, ...changed, ...linked].join(' ');
}

function byId(one: RecordChange, other: RecordChange): number {
  return (one.externalId ?? '') < (other.externalId ?? '') ? -1 : 1;
}

describe('the changes of an applied file', () => {
  test('are one entry a record, with names in place of ids', async () => {
    const { items, next } = await list({});
    expect(next).toBeNull();
    expect([...items].sort(byId).map(told)).toEqual([
      'updated group D2 parent null>"HR" added manager Sales=E3 removed manager Sales=E1',
      'updated user E1 phone null>"+46701234567" attributes.City "Lund">"Oslo"',
      'updated user E2 added manager HR=E4 removed manager HR=E1',
      'updated user E3 added membership HR removed membership Sales',
      'deactivated user E4 active true>false inactiveCause null>"cell"',
      expect.stringMatching(/^created user E5 .*source null>"files".* added membership Sales$/),
    ]);
    expect(items.map(({ kind }) => kind)).toEqual(['user', 'user', 'user', 'user', 'user', 'group']);
    const second = items.find(({ externalId }) => externalId === 'E2');
    expect(second).toMatchObject({ name: 'First E2', sheet: null, row: 3, reason: null });
  });

  test('tell attributes too', async () => {
    const { items } = await list({ jobId: jobs[0]!, kind: 'attribute' });
    expect(items.map(({ action, name }) => [action, name])).toEqual([['created', 'City'], ['created', 'Floor']]);
    expect(items[0]?.values).toContainEqual({ field: 'name', before: null, after: 'City' });
  });

  test.each([
    [{ action: 'created' }, ['E5']],
    [{ action: 'deactivated' }, ['E4']],
    [{ action: 'updated', kind: 'user' }, ['E1', 'E2', 'E3']],
    [{ action: 'updated' }, ['D2', 'E1', 'E2', 'E3']],
    [{ action: 'reactivated' }, []],
    [{ action: 'removed' }, []],
    [{ action: 'kept' }, []],
    [{ kind: 'group' }, ['D2']],
  ] as const)('can be narrowed to %p', async (asked, expected) => {
    expect((await list(asked)).items.map(({ externalId }) => externalId).sort()).toEqual(expected);
  });

  test.each([{}, { action: 'updated' }, { kind: 'user' }] as const)('come page by page: %p', async (asked) => {
    const whole = (await list(asked)).items;
    for (const limit of [1, 2, 3]) {
      const pages: RecordChange[] = [];
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await list({ ...asked, limit, ...(cursor === undefined ? {} : { cursor }) });
        expect(page.items.length).toBeLessThanOrEqual(limit);
        pages.push(...page.items);
        cursor = page.next;
      }
      expect(pages).toEqual(whole);
    }
  });

  test.each(['', 'x', '9.1.1', '0.-1.0', '0.1', '0.1.99999999999999999999'])('refuse the cursor %j', async (cursor) => {
    await expect(list({ cursor })).rejects.toMatchObject({ code: 'requestInvalid' });
  });

  test('keep their names when a record has gone', async () => {
    const other = await company(at.db);
    await other.run({ users: [{ id: 'E1', groups: [{ by: 'name', value: 'Ghosts' }] }] });
    const { rows } = await at.db.pool.query<{ id: JobId }>('select id from jobs where tenant_id = $1', [other.tenantId]);
    await at.db.pool.query('delete from memberships m using users u where u.id = m.user_id and u.tenant_id = $1', [other.tenantId]);
    await at.db.pool.query('delete from users where tenant_id = $1', [other.tenantId]);
    await at.db.pool.query('delete from groups where tenant_id = $1', [other.tenantId]);
    const query = { tenantId: other.tenantId, jobId: rows[0]!.id, source: 'journal', limit: 10 } as const;
    const { items } = await listChanges(at.db, query);
    expect(items.map(({ kind, name, links }) => [kind, name, links[0]?.group.name])).toEqual([
      ['user', 'First E1', 'Ghosts'],
      ['group', 'Ghosts', undefined],
    ]);
  });
});

async function plan(jobId: JobId, entries: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
  for (const entry of entries) await at.db.knex('planned_changes').insert({ job_id: jobId, ...entry });
}

describe('the changes of a plan', () => {
  test('name records that are not made yet', async () => {
    const jobId = randomUUID() as JobId;
    await plan(jobId, [
      { kind: 'attributeDefinition', record_id: 0, after: { name: 'Shoe' }, label: { name: 'Shoe' } },
      { kind: 'attributeDefinition', record_id: 0, after: { name: 'Hat' }, label: { name: 'Hat' } },
      { kind: 'user', record_id: 900_001, sheet: 'Users', row_no: 2, after: { firstName: 'Ada' }, label: { externalId: 'N1', name: 'Ada Berg' } },
      { kind: 'group', record_id: 900_002, after: { name: 'New' }, label: { externalId: null, name: 'New' } },
      { kind: 'membership', record_id: 900_001, sheet: 'Users', row_no: 2, after: { groupId: 900_002 }, label: { externalId: 'N1', name: 'Ada Berg' } },
      { kind: 'managerFact', record_id: 900_002, after: { userId: 900_001, by: 'id', ref: 'N9' }, label: { name: 'New' } },
    ]);
    const { items } = await list({ jobId, source: 'planned' });
    expect(items.map(told)).toEqual([
      'created user N1 firstName null>"Ada" added membership New added manager New=N9',
      'created group New name null>"New"',
      'created attribute Shoe name null>"Shoe"',
      'created attribute Hat name null>"Hat"',
    ]);
    expect(items[0]).toMatchObject({ name: 'Ada Berg', sheet: 'Users', row: 2 });
    const first = await list({ jobId, source: 'planned', limit: 3 });
    expect((await list({ jobId, source: 'planned', cursor: first.next! })).items.map(({ name }) => name)).toEqual(['Hat']);
  });
});

test('what a revert kept stands beside what it took back', async () => {
  const jobId = randomUUID() as JobId;
  const { rows } = await at.db.pool.query<{ id: string; name: string }>(
    'select id, external_id as name from users where tenant_id = $1 order by id limit 2',
    [acme.tenantId],
  );
  const [first, second] = rows.map(({ id }) => id);
  const [one, other] = rows.map(({ name }) => name);
  await at.db.knex('journal').insert([
    { tenant_id: acme.tenantId, job_id: jobId, kind: 'user', record_id: first, before: { phone: '+4670' }, after: { phone: null } },
  ]);
  await plan(jobId, [
    { kind: 'user', record_id: first, before: { email: 'a@x.example' }, after: { email: 'b@x.example' }, kept: 'changedSince' },
    { kind: 'membership', record_id: second, before: { groupId: 1 }, kept: 'referenced' },
  ]);
  const { items } = await list({ jobId });
  expect(items.map(({ externalId, action, reason }) => [externalId, action, reason])).toEqual([
    [one, 'updated', null],
    [one, 'kept', 'changedSince'],
    [other, 'kept', 'referenced'],
  ]);
  expect((await list({ jobId, action: 'kept' })).items).toEqual(items.slice(1));
  expect((await list({ jobId, action: 'updated' })).items).toEqual(items.slice(0, 1));
  const page = await list({ jobId, limit: 2 });
  expect((await list({ jobId, limit: 2, cursor: page.next! })).items).toEqual(items.slice(2));
});

describe('40,000 changes', () => {
  const jobId = randomUUID() as JobId;

  beforeAll(async () => {
    await at.db.pool.query(
      `insert into journal (tenant_id, job_id, kind, record_id, row_no, before, after)
       select $1, $2, kind, id, id % 100000, before, after from generate_series(5000001, 5040000) id, lateral (values
         ('user', case when id % 4 = 0 then jsonb_build_object('active', true) when id % 4 = 1 then jsonb_build_object('firstName', 'A') end,
           case when id % 4 = 0 then jsonb_build_object('active', false) else jsonb_build_object('firstName', 'B') end),
         ('membership', null, jsonb_build_object('groupId', 1)),
         ('managerFact', null, jsonb_build_object('userId', id, 'by', 'id', 'ref', 'x'))) e (kind, before, after)
       where kind <> 'user' or id % 4 < 3`,
      [acme.tenantId, jobId],
    );
  }, 60_000);

  const quarters = { created: 10_000, deactivated: 10_000, updated: 20_000, reactivated: 0, removed: 0, kept: 0 };

  test.each([undefined, ...changeActions])('are listed once each, in order (%s)', async (action) => {
    let before = 0;
    let count = 0;
    const wanted = { tenantId: acme.tenantId, jobId, source: 'journal', ...(action === undefined ? {} : { action }) } as const;
    for await (const change of allChanges(at.db, wanted)) {
      if (Number(change.id) <= before) throw new Error(`${change.id} stands behind ${before}`);
      before = Number(change.id);
      count += 1;
    }
    expect(count).toBe(action === undefined ? 40_000 : quarters[action]);
  }, 60_000);
});
