import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { inTransaction, transactionClient } from '@rosterport/database';
import type { CredentialId, JobId, KnownValue, UserHistory } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';
import type { EditContext } from '../edit/edit-context.ts';
import { createUser, editUser } from '../edit/edit-user.ts';
import { company, domainOf, type Company } from '../testing/company.ts';
import { userHistory } from './history.ts';
import { listUsers } from './users.ts';

const database = testDatabase();
let acme: Company;
let credentialId: CredentialId;
let jobs: readonly JobId[];

beforeAll(async () => {
  acme = await company(database.db);
  credentialId = randomUUID() as CredentialId;
  const feed = await database.db.knex('feeds').where({ tenant_id: acme.tenantId }).first<{ id: string }>('id');
  await database.db.knex('credentials').insert({
    ...{ id: credentialId, tenant_id: acme.tenantId, feed_id: feed.id, name: 'Ops', kind: 'token', token_hash: Buffer.from('x'), scopes: ['edit'] },
  });
  const files = [
    { groups: [{ id: 'G' }, { id: 'H' }], users: [{ id: 'E1', groups: ['G'], manager: { by: 'id', value: 'M1' }, attributes: { City: 'Lund', Room: '1' } } as const] },
    { users: [{ id: 'M1', groups: ['H'] }, { id: 'E1', firstName: 'Ada', attributes: { City: 'Lund', Room: '2' } }] },
    { users: [{ id: 'E1', firstName: 'Ada', groups: ['H'], attributes: { Room: null } }] },
  ];
  const ran: JobId[] = [];
  for (const file of files) ran.push((await acme.run(file)).jobId);
  jobs = ran;
  await database.db.knex('jobs').where({ id: jobs[1] }).update({ file_name: 'second.csv' });
});

function byHand<Result>(work: (context: EditContext) => Promise<Result>): Promise<Result> {
  const { tenantId } = acme;
  return inTransaction(database.db, async (tx) => work({ client: await transactionClient(tx), tenantId, credentialId }));
}

async function idOf(externalId: string): Promise<string> {
  return (await listUsers(database.db, acme.tenantId, { externalId, limit: 1 })).items[0]!.id;
}

async function historyOf(externalId: string, page: { cursor?: string; limit?: number } = {}): Promise<UserHistory> {
  return userHistory(database.db, { tenantId: acme.tenantId, userId: await idOf(externalId), limit: 100, ...page });
}

/** Which of the files set a value, and its row. */
function shownOrigin({ origin }: Pick<KnownValue, 'origin'>): string {
  if (origin === null) return 'nothing';
  return origin.job === null ? `by ${String(origin.by)}` : `file ${jobs.indexOf(origin.job.id) + 1} row ${String(origin.row)}`;
}

const origins = ({ values }: UserHistory): Readonly<Record<string, string>> =>
  Object.fromEntries(values.map((value) => [value.field, shownOrigin(value)]));

describe('the history of a person', () => {
  test('tells for each value which file and row set it', async () => {
    const history = await historyOf('E1');
    expect(history.user).toEqual({ id: await idOf('E1'), externalId: 'E1', name: 'Ada E1' });
    expect(origins(history)).toEqual({
      ...{ source: 'file 1 row 2', externalId: 'file 1 row 2', lastName: 'file 1 row 2', email: 'file 1 row 2', isManager: 'file 1 row 2', active: 'file 1 row 2' },
      ...{ firstName: 'file 2 row 3', 'attributes.City': 'file 1 row 2', 'attributes.Room': 'file 3 row 2', group: 'file 3 row 2' },
      ...{ administrator: 'nothing' },
    });
    const room = history.values.find(({ field }) => field === 'attributes.Room');
    expect(room?.value).toBeNull();
    expect(history.values.find(({ field }) => field === 'firstName')?.origin).toMatchObject({
      ...{ job: { id: jobs[1], kind: 'file', fileName: 'second.csv' }, sheet: null, row: 3, by: null },
    });
  });

  test('tells who manages what, as the files said', async () => {
    await acme.run({ users: [{ id: 'E2', groups: ['G'], manager: { by: 'id', value: 'M1' } }, { id: 'E3', groups: ['H'], manager: { by: 'name', value: 'first  m1' } }] });
    const shown = (history: UserHistory, field: string) => history.values.filter((value) => value.field === field).map(({ value }) => value);
    const group = (externalId: string) => expect.objectContaining({ externalId });
    expect(shown(await historyOf('E2'), 'manager')).toEqual([{ group: group('G'), manager: 'M1' }]);
    expect(shown(await historyOf('M1'), 'manages')).toEqual(
      expect.arrayContaining([{ group: group('G'), manager: 'M1' }, { group: group('H'), manager: 'first  m1' }]),
    );
    const named = (await historyOf('M1')).changes.items.flatMap(({ links }) => links).filter(({ kind }) => kind === 'manager');
    expect(named.map(({ group: of, manager, change }) => [of.externalId, manager, change])).toEqual(
      expect.arrayContaining([['G', 'M1', 'added'], ['H', 'first  m1', 'added']]),
    );
    expect((await historyOf('M1')).values.filter(({ field }) => field === 'manages').every(({ origin }) => origin !== null)).toBe(true);
  });

  test('lists all changes, newest first, each with before and after', async () => {
    const { items, next } = (await historyOf('E1')).changes;
    expect(next).toBeNull();
    expect(items.map((item) => item.job?.id)).toEqual([jobs[2], jobs[1], jobs[0]]);
    expect(items[0]).toMatchObject({
      values: [{ field: 'attributes.Room', before: '2', after: null }],
      links: expect.arrayContaining([
        { kind: 'membership', change: 'added', group: expect.objectContaining({ externalId: 'H' }), manager: null },
        { kind: 'membership', change: 'removed', group: expect.objectContaining({ externalId: 'G' }), manager: null },
        { kind: 'manager', change: 'removed', group: expect.objectContaining({ externalId: 'G' }), manager: 'M1' },
      ]),
    });
    expect(items[1]?.values).toEqual(expect.arrayContaining([{ field: 'firstName', before: 'First', after: 'Ada' }]));
    expect(items[2]?.values).toEqual(expect.arrayContaining([{ field: 'source', before: null, after: 'files' }]));
  });

  test('tells what rows of others say of a manager by their rows, and once where many say the same', async () => {
    const users = ['A', 'B', 'C'].map((id) => ({ id, groups: ['G'], manager: { by: 'id', value: 'M7' } as const }));
    const { jobId } = await acme.run({ users: [{ id: 'M7', groups: ['H'] }, ...users] });
    const { items } = (await historyOf('M7')).changes;
    expect(items.map(({ job, row, values, links }) => [job?.id, row, values.length > 0, links.map(({ kind }) => kind)])).toEqual([
      [jobId, 5, false, ['manager']],
      [jobId, 2, true, ['membership']],
    ]);
  });

  test('comes page by page', async () => {
    const seen: unknown[] = [];
    for (let cursor: string | undefined; seen.length < 10; ) {
      const { items, next } = (await historyOf('E1', { limit: 1, ...(cursor === undefined ? {} : { cursor }) })).changes;
      seen.push(...items.map(({ job }) => job?.id));
      if (next === null) break;
      cursor = next;
    }
    expect(seen).toEqual([jobs[2], jobs[1], jobs[0]]);
  });

  test('tells which credential changed a value by hand', async () => {
    const { id } = await byHand((context) => createUser(context, { firstName: 'Bo', lastName: 'Ek', email: `bo@${domainOf(acme.tenantId)}` }));
    await byHand((context) => editUser(context, id, { lastName: 'Ask', groups: [] }));
    const history = await userHistory(database.db, { tenantId: acme.tenantId, userId: id, limit: 10 });
    expect(new Set(Object.values(origins(history)))).toEqual(new Set(['by Ops']));
    expect(history.changes.items.map(({ values, by, job }) => [values.length > 1, by, job])).toEqual([[false, 'Ops', null], [true, 'Ops', null]]);
  });

  test('is of one tenant alone', async () => {
    const { tenantId } = await company(database.db);
    const found = userHistory(database.db, { tenantId, userId: await idOf('E1'), limit: 1 });
    await expect(found).rejects.toMatchObject({ code: 'notFound' });
  });
});
