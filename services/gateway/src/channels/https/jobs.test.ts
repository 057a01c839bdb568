import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { JobId } from '@rosterport/domain';
import { migrateWakeUps } from '@rosterport/jobs';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { jobSchema, pageOf, rowSchema } from './schemas.ts';
import { endNextJob, jobIn, newTenant, openGateway, type TestGateway, type TestTenant, type Verdict } from './test/gateway.ts';

const database = testDatabase();
const folder = temporaryFolder();
let gateway: TestGateway;
let acme: TestTenant;
let sender: string;
let otherSender: string;
let reader: string;
let stranger: string;
/** In the order in which they came: two of the sender, one of the other sender, one of the other tenant. */
let jobs: JobId[];

const verdicts: readonly Verdict[] = [
  { row: 2, externalId: 'E1', result: 'created' },
  { row: 3, externalId: 'E2', result: 'rejected', issues: [{ code: 'validateThatEmailIsCorrect', severity: 'error' }] },
  { row: 4, externalId: 'E3', result: 'created', issues: [{ code: 'validateGroupExists', severity: 'warning' }] },
];

beforeAll(async () => {
  await migrateWakeUps(database.db);
  gateway = await openGateway(database.db, folder);
  acme = await newTenant(database.db, 'acme');
  const other = await newTenant(database.db, 'other');
  sender = (await acme.token('upload')).token;
  otherSender = (await acme.token('upload')).token;
  reader = (await acme.token('reports')).token;
  stranger = (await other.token('upload', 'reports')).token;
  jobs = [];
  for (const token of [sender, sender, otherSender, stranger]) {
    jobs.push(jobIn(await gateway.upload(token, { path: '/v1/files' })));
  }
  await endNextJob(database.db, acme.tenantId, { verdicts });
});

afterAll(() => gateway.close());

async function list(token: string, query = ''): Promise<{ ids: unknown[]; next: string | null }> {
  const reply = await gateway.get(`/v1/jobs${query}`, token);
  expect(reply.status).toBe(200);
  const page = pageOf(jobSchema).parse(reply.json()) as { items: { id: string }[]; next: string | null };
  return { ids: page.items.map(({ id }) => id), next: page.next };
}

describe('the list of jobs', () => {
  test('shows a sender its own, a reader those of its tenant, the newest first', async () => {
    expect(await list(sender)).toEqual({ ids: [jobs[1], jobs[0]], next: null });
    expect(await list(otherSender)).toEqual({ ids: [jobs[2]], next: null });
    expect(await list(reader)).toEqual({ ids: [jobs[2], jobs[1], jobs[0]], next: null });
    expect(await list(stranger)).toEqual({ ids: [jobs[3]], next: null });
  });

  test('can be narrowed to a state', async () => {
    expect((await list(reader, '?state=applied')).ids).toEqual([jobs[0]]);
    expect((await list(reader, '?state=held')).ids).toEqual([]);
  });

  test('comes page by page', async () => {
    const first = await list(reader, '?limit=2');
    expect(first.ids).toEqual([jobs[2], jobs[1]]);
    expect(await list(reader, `?limit=2&cursor=${first.next}`)).toEqual({ ids: [jobs[0]], next: null });
  });
});

describe('a job', () => {
  test('is shown in its shape', async () => {
    const reply = await gateway.get(`/v1/jobs/${jobs[0]}`, sender);
    expect(reply.status).toBe(200);
    expect(jobSchema.parse(reply.json())).toMatchObject({ id: jobs[0], state: 'applied', fileName: 'users.csv', feed: 'default' });
  });

  test.each(['', '/rows', '/report'])('and its %s are not there for another sender or tenant', async (below) => {
    for (const token of [otherSender, stranger]) {
      const reply = await gateway.get(`/v1/jobs/${jobs[0]}${below}`, token);
      expect(reply.status).toBe(404);
      expect(reply.json()).toMatchObject({ code: 'notFound' });
    }
    expect((await gateway.get(`/v1/jobs/${jobs[0]}${below}`, reader)).status).toBe(200);
  });

  test.each(['00000000-0000-4000-8000-000000000000', 'x', "'", '%00', '..%2f'])('named %s is not there', async (id) => {
    expect((await gateway.get(`/v1/jobs/${id}`, reader)).status).toBe(404);
  });
});

describe('the rows of a job', () => {
  async function rows(query: string): Promise<{ rows: unknown[]; next: string | null }> {
    const reply = await gateway.get(`/v1/jobs/${jobs[0]}/rows${query}`, sender);
    expect(reply.status).toBe(200);
    const page = pageOf(rowSchema).parse(reply.json()) as { items: { row: number }[]; next: string | null };
    return { rows: page.items.map(({ row }) => row), next: page.next };
  }

  test.each([
    ['', [2, 3, 4]],
    ['?result=created', [2, 4]],
    ['?code=validateGroupExists', [4]],
    ['?code=validateGroupExists&result=rejected', []],
    ['?result=rejected&limit=1', [3]],
  ])('with %p are the right ones', async (query, expected) => {
    expect(await rows(query)).toEqual({ rows: expected, next: null });
  });

  test('come page by page', async () => {
    const first = await rows('?limit=2');
    expect(first.rows).toEqual([2, 3]);
    expect(await rows(`?limit=2&cursor=${first.next}`)).toEqual({ rows: [4], next: null });
  });
});

describe('a query', () => {
  test.each([
    ['/v1/jobs?state=done'],
    ['/v1/jobs?limit=0'],
    ['/v1/jobs?limit=1001'],
    ['/v1/jobs?limit=1.5'],
    ['/v1/jobs?limit=x'],
    ['/v1/jobs?limit=1&limit=2'],
    ['/v1/jobs?cursor=x'],
    ['/v1/jobs?unknown=1'],
    ['/v1/jobs?__proto__=never-repeated'],
    ['/v1/jobs?state=never-repeated'],
    ['/v1/jobs/{id}/rows?result=done'],
    ['/v1/jobs/{id}/rows?code=%27'],
    ['/v1/jobs/{id}/rows?cursor=-1'],
    ['/v1/jobs/{id}/rows?cursor=99999999999999'],
    ['/v1/jobs/{id}/report?format=pdf'],
  ])('%s is refused, and what was sent is not repeated', async (path) => {
    const reply = await gateway.get(path.replace('{id}', jobs[0]!), reader);
    expect(reply.status).toBe(400);
    expect(reply.json()).toMatchObject({ code: 'requestInvalid', status: 400 });
    expect(reply.text).not.toContain('never-repeated');
  });
});

test.each(['/v1/jobs', '/v1/jobs/x', '/v1/jobs/x/rows', '/v1/jobs/x/report'])('%s wants a credential with a scope', async (path) => {
  const nobody = await gateway.get(path);
  expect(nobody.status).toBe(401);
  expect(nobody.headers['www-authenticate']).toBe('Bearer realm="rosterport"');
  const { token } = await acme.token('directory');
  const reply = await gateway.get(path, token);
  expect(reply.status).toBe(403);
  expect(reply.json()).toMatchObject({ code: 'scopeMissing' });
});
