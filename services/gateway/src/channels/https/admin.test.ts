import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { defaultFeedPolicy } from '@rosterport/domain';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { attributeSchema, feedSchema } from './admin-schemas.ts';
import { newTenant, openGateway, type TestGateway, type TestTenant } from './test/gateway.ts';
import type { Reply } from './test/request.ts';

const database = testDatabase();
const folder = temporaryFolder();
let gateway: TestGateway;
let acme: TestTenant;
let token: string;

beforeAll(async () => {
  gateway = await openGateway(database.db, folder);
  acme = await newTenant(database.db, 'acme');
  ({ token } = await acme.token('admin', 'reports'));
});

afterAll(() => gateway.close());

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

function ask(method: Method, path: string, body?: unknown, as = token): Promise<Reply> {
  const headers = { authorization: `Bearer ${as}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
  return gateway.send({ method, path: `/v1/admin/${path}`, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
}

async function told(kind: string): Promise<readonly { readonly feed: string | null; readonly by: string | null; readonly details: object }[]> {
  return ((await gateway.get(`/v1/events?kind=${kind}`, token)).json() as { items: never[] }).items;
}

describe('feeds', () => {
  test('are added, listed, shown and changed, and each change is told', async () => {
    const added = await ask('POST', 'feeds', { name: 'nightly', source: 'files', mode: 'full', policy: { guards: { updates: null } } });
    expect([added.status, added.headers['location']]).toEqual([201, '/v1/admin/feeds/nightly']);
    const feed = feedSchema.parse(added.json());
    expect(feed).toMatchObject({ name: 'nightly', source: 'files', mode: 'full', enabled: true });
    expect(feed.policy).toEqual({ ...defaultFeedPolicy, guards: { ...defaultFeedPolicy.guards, updates: null } });

    const expected = { schedule: '0 6 * * 1-5', timeZone: 'Europe/Stockholm', graceMinutes: 60 };
    const changed = await ask('PATCH', 'feeds/nightly', { policy: { expected, guards: { deactivations: { share: 0.2, people: 9 } } } });
    expect(changed.status).toBe(200);
    expect(feedSchema.parse(changed.json()).policy).toMatchObject({ expected, guards: { updates: null, deactivations: { share: 0.2, people: 9 } } });
    expect((await ask('PATCH', 'feeds/nightly', { enabled: false })).json()).toMatchObject({ enabled: false, matchesByEmail: false });
    expect((await ask('PATCH', 'feeds/nightly', { enabled: true })).json()).toMatchObject({ enabled: true, matchesByEmail: true });
    await ask('PATCH', 'feeds/nightly', {});

    expect((await ask('GET', 'feeds/nightly')).json()).toMatchObject({ matchesByEmail: true, policy: { expected } });
    const { items } = (await ask('GET', 'feeds')).json() as { items: unknown[] };
    expect(items.map((item) => feedSchema.parse(item).name)).toEqual(['default', 'nightly']);
    expect((await told('feedChanged')).map(({ feed: of, by, details }) => ({ of, by, details }))).toMatchObject([
      { of: 'nightly', details: { change: 'changed', settings: [{ setting: 'enabled', before: false, after: true }] } },
      { of: 'nightly', details: { change: 'changed', settings: [{ setting: 'enabled', before: true, after: false }] } },
      { of: 'nightly', details: { settings: [{ setting: 'expected' }, { setting: 'guards.deactivations', after: { share: 0.2, people: 9 } }] } },
      { of: 'nightly', by: expect.any(String), details: { change: 'added', source: 'files', mode: 'full' } },
    ]);
  });

  test.each<[string, Method, string, unknown, number, string]>([
    ['a name that is taken', 'POST', 'feeds', { name: 'default' }, 409, 'feedExists'],
    ['a name that is none', 'POST', 'feeds', { name: 'A feed' }, 400, 'feedInvalid'],
    ['a setting that is none', 'POST', 'feeds', { name: 'other', policy: { colour: 'red' } }, 400, 'requestInvalid'],
    ['a guard that is none', 'PATCH', 'feeds/default', { policy: { guards: { birthdays: true } } }, 400, 'requestInvalid'],
    ['a share in per cent', 'PATCH', 'feeds/default', { policy: { guards: { updates: { share: 75 } } } }, 400, 'requestInvalid'],
    ['a clear token that could be a value', 'PATCH', 'feeds/default', { policy: { clearToken: '0' } }, 400, 'feedInvalid'],
    ['a schedule that is none', 'PATCH', 'feeds/default', { policy: { expected: { schedule: 'x', timeZone: 'UTC', graceMinutes: 5 } } }, 400, 'feedInvalid'],
    ['another name', 'PATCH', 'feeds/default', { name: 'other' }, 400, 'requestInvalid'],
    ['a feed that is none', 'PATCH', 'feeds/weekly', { mode: 'full' }, 404, 'notFound'],
    ['a feed that is none, shown', 'GET', 'feeds/weekly', undefined, 404, 'notFound'],
    ['a feed to be deleted', 'DELETE', 'feeds/default', undefined, 405, 'requestInvalid'],
  ])('%s is refused', async (_, method, path, body, status, code) => {
    const reply = await ask(method, path, body);
    expect([reply.status, (reply.json() as { code: string }).code]).toEqual([status, code]);
  });
});

test('all that is wrong with a feed is told at once, of its shape and of its values', async () => {
  const expected = { schedule: 'x', timeZone: 'Mars/Olympus', graceMinutes: 5 };
  const told = (await ask('PATCH', 'feeds/default', { mode: 'half', policy: { clearToken: '0', expected, guards: { updates: { share: 75 } } } })).json();
  expect(told).toMatchObject({ status: 400, code: 'requestInvalid' });
  expect((told as { errors: { field: string }[] }).errors.map(({ field }) => field)).toEqual([
    ...['mode', 'policy.guards.updates.share', 'policy.clearToken', 'policy.expected.schedule', 'policy.expected.timeZone'],
  ]);
  const values = (await ask('POST', 'feeds', { name: 'A feed', policy: { clearToken: '0' } })).json();
  expect(values).toMatchObject({ code: 'feedInvalid', errors: [{ field: 'name' }, { field: 'policy.clearToken' }] });
  const { detail } = (await ask('PUT', 'attributes/Email', { type: 'colour', options: ['Lund', 'Lund'] })).json() as { detail: string };
  expect(detail).toMatch(/`type` must be one of text, .*; its name is that of the column Email; one of its options stands there twice/);
});

describe('attributes', () => {
  test('are defined, changed, listed and removed, and each change is told', async () => {
    const path = `attributes/${encodeURIComponent('Ort / Stad')}`;
    const text = { name: 'Ort / Stad', type: 'text', options: [], required: false };
    const list = { ...text, type: 'list', options: ['Lund', 'Malmö'], required: true };
    const body = { type: 'list', options: list.options, required: true };
    expect([(await ask('PUT', path, { type: 'text' })).status, (await ask('PUT', path, { type: 'text' })).status]).toEqual([201, 200]);
    expect(attributeSchema.parse((await ask('PUT', path, body)).json())).toEqual(list);
    expect((await ask('GET', path)).json()).toEqual(list);
    expect((await ask('GET', 'attributes')).json()).toEqual({ items: [list], next: null });
    expect((await ask('DELETE', path)).json()).toEqual(list);
    expect((await ask('GET', path)).status).toBe(404);
    expect((await told('attributeChanged')).map(({ feed, details }) => (feed === null ? details : feed))).toEqual([
      { change: 'removed', before: list, after: null },
      { change: 'changed', before: text, after: list },
      { change: 'defined', before: null, after: text },
    ]);
  });

  test.each<[string, Method, string, unknown, number, string]>([
    ['a type that is none', 'PUT', 'attributes/City', { type: 'colour' }, 400, 'requestInvalid'],
    ['a list without options', 'PUT', 'attributes/City', { type: 'list' }, 400, 'attributeInvalid'],
    ['the name of a column', 'PUT', 'attributes/Email', { type: 'text' }, 400, 'attributeInvalid'],
    ['one that is none', 'DELETE', 'attributes/City', undefined, 404, 'notFound'],
    ['a name that can be none', 'GET', 'attributes/%00', undefined, 404, 'notFound'],
    ['a name that can be none, removed', 'DELETE', 'attributes/%00', undefined, 404, 'notFound'],
  ])('%s is refused', async (_, method, path, body, status, code) => {
    const reply = await ask(method, path, body);
    expect([reply.status, (reply.json() as { code: string }).code]).toEqual([status, code]);
  });

  test('that people have a value of are not removed', async () => {
    await ask('PUT', 'attributes/Level', { type: 'number' });
    const person = { first_name: 'Ada', last_name: 'Berg', name_key: 'ada berg', attributes: { Level: '7' } };
    await database.db.knex('users').insert({ tenant_id: acme.tenantId, ...person });
    expect((await ask('DELETE', 'attributes/Level')).json()).toMatchObject({ status: 409, code: 'attributeInUse' });
    expect((await ask('PUT', 'attributes/Level', { type: 'date' })).json()).toMatchObject({ status: 400, code: 'attributeInvalid' });
  });
});

test('the text that clears is no option, and an option is no text that clears', async () => {
  const list = { type: 'list', options: ['Lund', '#CLEAR'] };
  const detail = async (reply: Promise<Reply>): Promise<string> => ((await reply).json() as { detail: string }).detail;
  expect((await ask('PUT', 'attributes/Town', list)).status).toBe(201);
  expect(await detail(ask('PATCH', 'feeds/default', { policy: { clearToken: '#CLEAR' } }))).toContain('is an option of the attribute `Town`');
  expect(await detail(ask('POST', 'feeds', { name: 'third', policy: { clearToken: '#CLEAR' } }))).toContain('is an option of the attribute `Town`');
  expect((await ask('GET', 'feeds/third')).status).toBe(404);
  await ask('DELETE', 'attributes/Town');
  expect((await ask('PATCH', 'feeds/default', { policy: { clearToken: '#CLEAR' } })).status).toBe(200);
  expect(await detail(ask('PUT', 'attributes/Town', list))).toContain('files of the feed `default` clear a value');
  await ask('PATCH', 'feeds/default', { policy: { clearToken: null } });
});

test('another tenant, and another scope, see and change nothing', async () => {
  const { token: other } = await (await newTenant(database.db, 'other')).token('admin');
  expect((await ask('GET', 'feeds/nightly', undefined, other)).status).toBe(404);
  const { token: uploader } = await acme.token('upload', 'edit', 'decide');
  for (const [method, path, body] of [['GET', 'feeds'], ['PATCH', 'feeds/default', {}], ['PUT', 'attributes/City', { type: 'text' }]] as const) {
    expect((await ask(method, path, body, uploader)).status).toBe(403);
  }
});
