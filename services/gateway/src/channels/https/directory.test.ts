import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { groupSchema, pageOf, userSchema } from './schemas.ts';
import { newTenant, openGateway, type TestGateway, type TestTenant } from './test/gateway.ts';

const database = testDatabase();
const folder = temporaryFolder();
let gateway: TestGateway;
let acme: TestTenant;
let token: string;
let stranger: string;

beforeAll(async () => {
  gateway = await openGateway(database.db, folder);
  acme = await newTenant(database.db, 'acme');
  ({ token } = await acme.token('directory'));
  ({ token: stranger } = await (await newTenant(database.db, 'other')).token('directory'));
  for (const [externalId, active] of [['E1', true], ['E2', false], ['E3', true]] as const) {
    await insertUser(externalId, active);
  }
  for (const name of ['North', 'South']) {
    await database.db.knex('groups').insert({
      ...{ tenant_id: acme.tenantId, source_id: await sourceId(), external_id: name[0], name },
      name_key: name.toLowerCase(),
    });
  }
});

afterAll(() => gateway.close());

async function sourceId(): Promise<string> {
  const source = await database.db.knex('sources').where({ tenant_id: acme.tenantId }).first<{ id: string }>('id');
  return source.id;
}

async function insertUser(externalId: string, active: boolean): Promise<void> {
  await database.db.knex('users').insert({
    ...{ tenant_id: acme.tenantId, source_id: await sourceId(), external_id: externalId, active },
    ...{ first_name: 'Åsa', last_name: externalId, name_key: `åsa ${externalId}` },
    inactive_cause: active ? null : 'hand',
  });
}

async function list(path: string, as = token): Promise<{ ids: unknown[]; next: string | null }> {
  const reply = await gateway.get(path, as);
  expect(reply.status).toBe(200);
  const schema = pageOf(path.startsWith('/v1/users') ? userSchema : groupSchema);
  const page = schema.parse(reply.json()) as { items: { externalId: string }[]; next: string | null };
  return { ids: page.items.map(({ externalId }) => externalId), next: page.next };
}

describe('the directory', () => {
  test.each([
    ['/v1/users', ['E1', 'E2', 'E3']],
    ['/v1/users?active=true', ['E1', 'E3']],
    ['/v1/users?active=false', ['E2']],
    ['/v1/users?externalId=E3', ['E3']],
    ['/v1/users?externalId=e3', []],
    ['/v1/groups', ['N', 'S']],
    ['/v1/groups?externalId=S', ['S']],
  ])('lists %s', async (path, ids) => {
    expect(await list(path)).toEqual({ ids, next: null });
  });

  test.each([
    ['/v1/users', 'E1', ['E2', 'E3']],
    ['/v1/groups', 'N', ['S']],
  ])('lists %s page by page', async (path, first, others) => {
    const page = await list(`${path}?limit=1`);
    expect(page.ids).toEqual([first]);
    expect(await list(`${path}?limit=5&cursor=${page.next}`)).toEqual({ ids: others, next: null });
  });

  test.each(['/v1/users', '/v1/groups'])('shows nothing at %s to another tenant', async (path) => {
    expect(await list(path, stranger)).toEqual({ ids: [], next: null });
  });

  test.each([
    ['/v1/users?active=1'],
    ['/v1/users?externalId=%00'],
    ['/v1/users?cursor=abc'],
    ['/v1/users?cursor=9999999999999999999'],
    ['/v1/groups?active=true'],
  ])('refuses %s', async (path) => {
    const reply = await gateway.get(path, token);
    expect(reply.status).toBe(400);
    expect(reply.json()).toMatchObject({ code: 'requestInvalid' });
  });

  test.each(['/v1/users', '/v1/groups'])('wants the scope at %s', async (path) => {
    const other = await acme.token('upload', 'reports');
    expect((await gateway.get(path, other.token)).status).toBe(403);
    expect((await gateway.get(path)).status).toBe(401);
  });
});
