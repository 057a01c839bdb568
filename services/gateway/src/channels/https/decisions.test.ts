import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { issue, type JobId } from '@rosterport/domain';
import { migrateWakeUps } from '@rosterport/jobs';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { changeSchema, eventSchema } from './change-schemas.ts';
import { jobSchema, pageOf } from './schemas.ts';
import { endNextJob, jobIn, newTenant, openGateway, type TestGateway, type TestTenant } from './test/gateway.ts';
import type { Reply } from './test/request.ts';

const database = testDatabase();
const folder = temporaryFolder();
const fingerprint = 'a'.repeat(64);
const breach = issue('validateDeactivationShare', { found: '500 of 1000 people (50 %)', expected: '10 % or 5 people' });
let gateway: TestGateway;
let acme: TestTenant;
let sender: string;
let reader: string;
let operator: string;
let stranger: string;

beforeAll(async () => {
  await migrateWakeUps(database.db);
  gateway = await openGateway(database.db, folder);
  const other = await newTenant(database.db, 'other');
  stranger = (await other.token('decide', 'reports')).token;
});

beforeEach(async () => {
  acme = await newTenant(database.db, `acme-${Math.random().toString(36).slice(2, 10)}`);
  sender = (await acme.token('upload')).token;
  reader = (await acme.token('reports')).token;
  operator = (await acme.token('decide')).token;
});

afterAll(() => gateway.close());

/** A file whose job has come to this state. */
async function jobThatIs(state: 'held' | 'applied' | 'previewed' | 'rejected' | 'staged'): Promise<JobId> {
  const id = jobIn(await gateway.upload(sender, { path: '/v1/files' }));
  const planned = state === 'held' || state === 'previewed';
  if (state !== 'staged') await endNextJob(database.db, acme.tenantId, { state, ...(planned ? { fingerprint, guardIssues: [breach] } : {}) });
  return id;
}

function post(path: string, token: string, body?: unknown): Promise<Reply> {
  const headers = { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
  return gateway.send({ method: 'POST', path, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
}

async function eventsOf(id: JobId): Promise<readonly Record<string, unknown>[]> {
  const reply = await gateway.get(`/v1/jobs/${id}/events`, reader);
  expect(reply.status).toBe(200);
  return (pageOf(eventSchema).parse(reply.json()) as { items: Record<string, unknown>[] }).items;
}

describe('approve', () => {
  test('takes the fingerprint that was seen, and is put down', async () => {
    const id = await jobThatIs('held');
    const reply = await post(`/v1/jobs/${id}/approve`, operator, { fingerprint, override: ['deactivations'] });
    expect(reply.status).toBe(202);
    expect(reply.headers.location).toBe(`/v1/jobs/${id}`);
    expect(jobSchema.parse(reply.json())).toMatchObject({ id, state: 'held' });
    expect(await eventsOf(id)).toMatchObject([
      { kind: 'jobApproved', by: 'test', details: { fingerprint, override: ['deactivations'] } },
      { kind: 'jobHeld', by: null, details: { guards: ['validateDeactivationShare'] } },
    ]);
    const { rows } = await database.db.pool.query('select approval from jobs where id = $1', [id]);
    expect(rows).toEqual([{ approval: { fingerprint, override: ['deactivations'] } }]);
  });

  test('refuses another plan, and a job that is not held', async () => {
    const id = await jobThatIs('held');
    const another = await post(`/v1/jobs/${id}/approve`, operator, { fingerprint: 'b'.repeat(64) });
    expect([another.status, another.json()]).toMatchObject([409, { code: 'planIsAnother' }]);
    expect(await eventsOf(id)).toHaveLength(1);
    await post(`/v1/jobs/${id}/discard`, operator);
    const late = await post(`/v1/jobs/${id}/approve`, operator, { fingerprint });
    expect([late.status, late.json()]).toMatchObject([409, { code: 'jobNotHeld', detail: 'There is nothing to decide: the job is discarded.' }]);
  });

  test.each([
    [{}],
    [{ fingerprint: 'x' }],
    [{ fingerprint, override: ['everything'] }],
    [{ fingerprint, override: 'deactivations' }],
    [{ fingerprint, force: true }],
    [[]],
    [null],
  ])('refuses the body %j', async (body) => {
    const reply = await post(`/v1/jobs/${await jobThatIs('held')}/approve`, operator, body);
    expect([reply.status, reply.json()]).toMatchObject([400, { code: 'requestInvalid' }]);
  });
});

describe('discard', () => {
  test.each(['held', 'staged'] as const)('ends a job that is %s', async (state) => {
    const id = await jobThatIs(state);
    const reply = await post(`/v1/jobs/${id}/discard`, operator);
    expect(reply.status).toBe(200);
    expect(jobSchema.parse(reply.json())).toMatchObject({ id, state: 'discarded' });
    expect((await eventsOf(id))[0]).toMatchObject({ kind: 'jobDiscarded' });
  });

  test.each(['applied', 'previewed', 'rejected'] as const)('refuses a job that is %s', async (state) => {
    const reply = await post(`/v1/jobs/${await jobThatIs(state)}/discard`, operator);
    expect([reply.status, reply.json()]).toMatchObject([409, { code: 'jobNotHeld' }]);
  });
});

describe('revert', () => {
  test('makes a job of its own, once', async () => {
    const id = await jobThatIs('applied');
    const reply = await post(`/v1/jobs/${id}/revert`, operator);
    expect(reply.status).toBe(202);
    const made = jobSchema.parse(reply.json()) as { id: string };
    expect(made).toMatchObject({ kind: 'revert', reverts: id, state: 'staged' });
    expect(reply.headers.location).toBe(`/v1/jobs/${made.id}`);
    const again = await post(`/v1/jobs/${id}/revert`, operator);
    expect([again.status, again.json()]).toMatchObject([409, { code: 'alreadyReverted' }]);
    expect(again.text).toContain(made.id);
    expect(await eventsOf(id)).toMatchObject([{ kind: 'jobReverted', details: { by: made.id } }]);
  });

  test.each(['held', 'previewed', 'rejected', 'staged'] as const)('refuses a job that is %s', async (state) => {
    const reply = await post(`/v1/jobs/${await jobThatIs(state)}/revert`, operator);
    expect([reply.status, reply.json()]).toMatchObject([409, { code: 'jobNotApplied' }]);
  });

  test('refuses a job whose journal has gone', async () => {
    const id = await jobThatIs('applied');
    await database.db.pool.query('update jobs set journal_removed_at = now() where id = $1', [id]);
    const reply = await post(`/v1/jobs/${id}/revert`, operator);
    expect([reply.status, reply.json()]).toMatchObject([409, { code: 'revertExpired' }]);
  });
});

describe.each(['approve', 'discard', 'revert'])('%s', (decision) => {
  test('needs the scope, and a job of the tenant', async () => {
    const path = `/v1/jobs/${await jobThatIs('held')}/${decision}`;
    expect((await post(path, '', { fingerprint })).status).toBe(401);
    for (const token of [sender, reader]) {
      expect((await post(path, token, { fingerprint })).json()).toMatchObject({ status: 403, code: 'scopeMissing' });
    }
    expect((await post(path, stranger, { fingerprint })).json()).toMatchObject({ status: 404, code: 'notFound' });
    expect((await post(`/v1/jobs/x/${decision}`, operator, { fingerprint })).status).toBe(404);
    expect((await gateway.get(path, operator)).status).toBe(405);
  });
});

describe('changes', () => {
  test('of a held job are those of its plan, page by page', async () => {
    const id = await jobThatIs('held');
    for (const [record, name] of [[11, 'Ada Berg'], [12, 'Bo Dahl']] as const) {
      await database.db.knex('planned_changes').insert({
        ...{ job_id: id, kind: 'user', record_id: record, sheet: null, row_no: record - 9, label: { externalId: `E${record}`, name } },
        ...{ before: { active: true }, after: { active: false } },
      });
    }
    const pages: unknown[] = [];
    for (let query: string | null = '?limit=1&action=deactivated'; query !== null; ) {
      const reply = await gateway.get(`/v1/jobs/${id}/changes${query}`, reader);
      expect(reply.status).toBe(200);
      const page = pageOf(changeSchema).parse(reply.json()) as { items: unknown[]; next: string | null };
      pages.push(...page.items);
      query = page.next === null ? null : `?limit=1&action=deactivated&cursor=${page.next}`;
    }
    const values = [{ field: 'active', before: true, after: false }];
    expect(pages).toMatchObject([
      { kind: 'user', action: 'deactivated', externalId: 'E11', name: 'Ada Berg', row: 2, values },
      { kind: 'user', action: 'deactivated', externalId: 'E12', name: 'Bo Dahl', row: 3, values },
    ]);
    expect((await gateway.get(`/v1/jobs/${id}/changes?kind=group`, reader)).json()).toEqual({ items: [], next: null });
  });

  test.each(['?action=gone', '?kind=thing', '?cursor=x', '?limit=0', '?other=1'])('refuse %s', async (query) => {
    expect((await gateway.get(`/v1/jobs/${await jobThatIs('held')}/changes${query}`, reader)).status).toBe(400);
  });

  test.each(['changes', 'events'])('%s are not for senders, nor for other tenants', async (what) => {
    const path = `/v1/jobs/${await jobThatIs('held')}/${what}`;
    expect((await gateway.get(path, sender)).status).toBe(403);
    expect((await gateway.get(path, stranger)).status).toBe(404);
  });
});

test('the events of a tenant can be narrowed to a kind, and come page by page', async () => {
  const id = await jobThatIs('held');
  await post(`/v1/jobs/${id}/discard`, operator);
  const kinds = async (query: string): Promise<unknown> => {
    const { items, next } = pageOf(eventSchema).parse((await gateway.get(`/v1/events${query}`, reader)).json()) as { items: { kind: string }[]; next: string | null };
    return [items.map(({ kind }) => kind), next === null];
  };
  expect(await kinds('')).toEqual([['jobDiscarded', 'jobHeld'], true]);
  expect(await kinds('?limit=1')).toEqual([['jobDiscarded'], false]);
  expect(await kinds('?kind=jobHeld')).toEqual([['jobHeld'], true]);
  expect((await gateway.get('/v1/events?kind=x', reader)).status).toBe(400);
  expect((await gateway.get('/v1/events', sender)).status).toBe(403);
  expect((await gateway.get('/v1/events', stranger)).json()).toEqual({ items: [], next: null });
});

test.each([
  ['held', 'It waits for approval; nothing has changed yet.\nThe file would deactivate 500 of 1000 people'],
  ['previewed', 'It was a dry run: nothing has changed.'],
  ['applied', '.\n'],
] as const)('uploadFile tells the sender of a file that is %s', async (state, text) => {
  const patient = await openGateway(database.db, `${folder}/${state}`, { verdictWithinMs: 20_000 });
  try {
    const answer = patient.upload(sender, {});
    let ended = false;
    while (!ended) ended = await endOne(state);
    const reply = await answer;
    expect(reply.status).toBe(200);
    expect(reply.text).toContain(`The file was received as job ${jobIn(reply)}.\n`);
    expect(reply.text).toContain(text);
  } finally {
    await patient.close();
  }
});

/** Ends the tenant's job as soon as it is there. */
async function endOne(state: 'held' | 'previewed' | 'applied'): Promise<boolean> {
  const { rowCount } = await database.db.pool.query('select from jobs where tenant_id = $1', [acme.tenantId]);
  if (rowCount === 0) return false;
  await endNextJob(database.db, acme.tenantId, { state, ...(state === 'applied' ? {} : { fingerprint, guardIssues: [breach] }) });
  return true;
}
