import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { historySchema } from './history-schemas.ts';
import { mostJsonBytes } from './read-json.ts';
import { groupSchema, problemSchema, userSchema } from './schemas.ts';
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
  ({ token } = await acme.token('edit', 'directory', 'reports'));
  const tenant = { tenant_id: acme.tenantId };
  await database.db.knex('attribute_definitions').insert([
    ...['City', '__proto__', 'constructor'].map((name) => ({ ...tenant, name })),
    { ...tenant, name: 'Level', type: 'number' },
  ]);
  const source = await database.db.knex('sources').where(tenant).first<{ id: string }>('id');
  const names = { first_name: 'Mona', last_name: 'Gård', name_key: 'mona gård' };
  await database.db.knex('users').insert({ ...tenant, source_id: source.id, external_id: 'E1', ...names });
});

afterAll(() => gateway.close());

interface Sending {
  readonly method?: 'POST' | 'PATCH';
  readonly as?: string;
  readonly type?: string;
}

function send(path: string, body: unknown, { method = 'POST', as = token, type = 'application/json' }: Sending = {}): Promise<Reply> {
  const text = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  return gateway.send({ method, path, headers: { authorization: `Bearer ${as}`, 'content-type': type }, body: text });
}

async function made(path: string, body: unknown): Promise<{ readonly id: string }> {
  const reply = await send(path, body);
  expect([reply.status, reply.text]).toEqual([201, expect.any(String)]);
  return reply.json() as { id: string };
}

/** Status, code and sentence of a refusal. */
function refusal(reply: Reply): readonly [number, string, string] {
  const { status, code, detail } = problemSchema.parse(reply.json());
  expect(reply.headers['content-type']).toContain('application/problem+json');
  return [status, code, detail];
}

async function events(): Promise<readonly unknown[]> {
  const { items } = (await gateway.get('/v1/events?limit=1000', token)).json() as { items: readonly { kind: string; details: unknown; by: string }[] };
  return items.map(({ kind, details, by }) => ({ kind, details, by }));
}

async function count(table: string): Promise<number> {
  const { rows } = await database.db.pool.query<{ count: number }>(`select count(*)::int as count from ${table}`);
  return rows[0]!.count;
}

const ada = { firstName: 'Ada', lastName: 'Berg' };

describe('a person', () => {
  test('is made, with the values in their one form, and shown at their address', async () => {
    const group = await made('/v1/groups', { name: 'Garden' });
    const reply = await send('/v1/users', {
      ...{ firstName: ' A\u030Asa ', lastName: 'Ek', email: 'Asa@Example.COM', phone: '+46 70 174 06 05', language: 'EN-gb', isManager: true },
      ...{ attributes: { City: 'Lund', Level: '07,50' }, groups: [group.id], administrator: true },
    });
    expect(reply.status).toBe(201);
    const user = userSchema.parse(reply.json());
    expect(reply.headers.location).toBe(`/v1/users/${user.id}`);
    expect(user).toMatchObject({
      ...{ externalId: null, firstName: 'Åsa', email: 'Asa@example.com', phone: '+46701740605', language: 'en-GB', isManager: true, active: true },
      ...{ attributes: { City: 'Lund', Level: '7.5' }, groups: [{ id: group.id, name: 'Garden' }], administrator: true, source: null },
    });
    expect((await gateway.get(`/v1/users/${user.id}`, token)).json()).toEqual(user);
    expect(await events()).toContainEqual({ kind: 'userEdited', by: 'test', details: { id: user.id, action: 'created', changed: expect.any(Array) } });
  });

  test('is changed in what is sent, and in nothing else', async () => {
    const { id } = await made('/v1/users', { ...ada, email: 'ada@example.com', attributes: { City: 'Lund' } });
    const changed = await send(`/v1/users/${id}`, { lastName: 'Dahl', phone: '+46701740606', attributes: { City: null } }, { method: 'PATCH', type: 'application/merge-patch+json' });
    expect(changed.status).toBe(200);
    expect(userSchema.parse(changed.json())).toMatchObject({ firstName: 'Ada', lastName: 'Dahl', email: 'ada@example.com', phone: '+46701740606', attributes: {} });
    expect((await events())[0]).toEqual({ kind: 'userEdited', by: 'test', details: { id, action: 'updated', changed: ['lastName', 'phone', 'attributes.City'] } });
    const before = await events();
    expect((await send(`/v1/users/${id}`, {}, { method: 'PATCH' })).status).toBe(200);
    expect(await events()).toEqual(before);
  });

  test('may have attributes whose names mean something to JavaScript', async () => {
    const text = `{"firstName":"Pro","lastName":"To","email":"proto@example.com","attributes":{"__proto__":"x","constructor":"y"}}`;
    const reply = await send('/v1/users', text);
    expect(reply.status).toBe(201);
    expect(reply.text).toContain('"attributes":{"__proto__":"x","constructor":"y"}');
  });

  test('has a history of where each value comes from', async () => {
    const { id } = await made('/v1/users', { ...ada, email: 'history@example.com' });
    await send(`/v1/users/${id}`, { lastName: 'Ek' }, { method: 'PATCH' });
    const history = historySchema.parse((await gateway.get(`/v1/users/${id}/history?limit=1`, token)).json());
    expect(history).toMatchObject({ user: { id, externalId: null, name: 'Ada Ek' }, items: [{ by: 'test', job: null, values: [{ field: 'lastName', before: 'Berg', after: 'Ek' }] }] });
    const next = historySchema.parse((await gateway.get(`/v1/users/${id}/history?limit=1&cursor=${history.next}`, token)).json());
    expect(next).toMatchObject({ next: null, items: [{ values: expect.arrayContaining([{ field: 'firstName', before: null, after: 'Ada' }]) }] });
    expect((await gateway.get(`/v1/users/${id}/history?cursor=x`, token)).status).toBe(400);
  });
});

describe('values that are not right', () => {
  const found: readonly (readonly [unknown, number, string, readonly string[]])[] = [
    [{ ...ada, email: 'ada', phone: '070', language: 'swedish' }, 400, 'valueInvalid', ['`email` is not a correct e-mail address (validateThatEmailIsCorrect)', '`phone` is not a correct phone number (', '(validateThatPhoneNumberIsCorrect)', '(validateLanguage)']],
    [{ firstName: 7, email: 'ada', attributes: { City: 7, Level: 'x' }, colour: 'red' }, 400, 'requestInvalid', ['`firstName` must be', '`lastName` is missing', '`colour` is not known here', '`attributes.City` must be', '`email` is not a correct', '`attributes.Level` cannot be']],
    [{ firstName: 7 }, 400, 'requestInvalid', ['`firstName` must be', '`lastName` is missing', '`email` or `phone` is needed']],
    [{ ...ada, language: 'swedish' }, 400, 'valueInvalid', ['(validateLanguage)', '`email` or `phone` is needed (validateEmailOrPhoneNumber)']],
    [{ ...ada }, 400, 'valueInvalid', ['validateEmailOrPhoneNumber']],
    [{ ...ada, email: 'bad@example.com', attributes: { City: 'Lund', Citty: 'Lund', Level: 'x' } }, 400, 'valueInvalid', ['the attribute `attributes.Citty` cannot be what was sent', 'the attribute `attributes.Level` cannot be what was sent: it must be a number', '(validateExternalProperties)']],
    [{ ...ada, firstName: '   ', email: 'bad@example.com' }, 400, 'valueInvalid', ['`firstName` has no value (validateMandatoryValues)']],
    [{ ...ada, email: '   ', phone: '+46701740609' }, 400, 'valueInvalid', ['`email` is empty; null empties a value']],
    [{ ...ada, email: 'bad@example.com', attributes: { City: ' ' } }, 400, 'valueInvalid', ['`attributes.City` is empty']],
    [{ ...ada, email: 'bad@example.com', lastName: 'x'.repeat(201) }, 400, 'valueInvalid', ['`lastName` is longer than 200 characters (validateValueLength)']],
    [{ ...ada, email: 'bad@example.com', lastName: 'Be\ud83drg' }, 400, 'valueInvalid', ['`lastName` contains a character', '(validateCharacters)']],
    [{ ...ada, email: 'bad@example.com', lastName: 'Be\u0007rg' }, 400, 'valueInvalid', ['`lastName` contains a character', '(validateCharacters)']],
    [{ ...ada, email: 'bad@example.com', groups: ['999'] }, 404, 'notFound', ['group']],
    [{ ...ada, email: 'bad@example.com', groups: ['G'] }, 400, 'requestInvalid', ['`groups.0` is not an id']],
    [{ ...ada, email: 'bad@example.com', externalId: 'E7' }, 400, 'requestInvalid', ['`externalId` is not known here']],
    [{ lastName: 'Berg', email: 'bad@example.com' }, 400, 'requestInvalid', ['`firstName` is missing; it must be a text of 1 to 2000 characters']],
    [{ ...ada, email: 'bad@example.com', attributes: ['City'] }, 400, 'requestInvalid', ['`attributes`']],
    [{ ...ada, email: 'bad@example.com', attributes: { City: 7 } }, 400, 'requestInvalid', ['`attributes.City` must be a text']],
    [{ ...ada, email: 'bad@example.com', active: 1 }, 400, 'requestInvalid', ['`active` must be true or false; a number was found']],
    [{ ...ada, email: 'bad@example.com', lastName: 'Be\0rg' }, 400, 'requestInvalid', ['NUL']],
    [{ ...ada, email: 'bad@example.com', attributes: { 'Ci\0ty': 'x' } }, 400, 'requestInvalid', ['NUL']],
    [`${'['.repeat(100_000)}"\\u0000"${']'.repeat(100_000)}`, 400, 'requestInvalid', ['NUL']],
    ['[]', 400, 'requestInvalid', []],
    ['null', 400, 'requestInvalid', []],
    ['{"firstName":', 400, 'requestInvalid', ['not JSON']],
    ['', 400, 'requestInvalid', []],
    [Buffer.from('{"firstName":"\xe5sa"}', 'latin1'), 400, 'requestInvalid', ['UTF-8']],
    [`{"firstName":"${'x'.repeat(mostJsonBytes)}"}`, 413, 'bodyTooLarge', [String(mostJsonBytes)]],
  ];

  test.each(found.map(([body, ...rest]) => [(typeof body === 'string' || Buffer.isBuffer(body) ? String(body) : JSON.stringify(body)).slice(0, 90), body, ...rest] as const))(
    '%s',
    async (_, body, status, code, parts) => {
      const before = await count('users');
      const [was, is, detail] = refusal(await send('/v1/users', body));
      expect([was, is]).toEqual([status, code]);
      for (const part of parts) expect(detail).toContain(part);
      for (const value of ['Lund', 'swedish', 'bad@', 'Berg']) expect(detail).not.toContain(value);
      expect(await count('users')).toBe(before);
    },
  );

  test('are told by field too, for programs', async () => {
    const { errors } = problemSchema.parse((await send('/v1/users', { ...ada, email: 'ada', active: 1 })).json()) as { errors: unknown };
    expect(errors).toEqual([
      { field: 'active', detail: '`active` must be true or false; a number was found' },
      { field: 'email', detail: '`email` is not a correct e-mail address (validateThatEmailIsCorrect)' },
    ]);
  });

  test('are refused when they belong to somebody', async () => {
    const { id } = await made('/v1/users', { ...ada, email: 'taken@example.com' });
    expect(refusal(await send('/v1/users', { ...ada, email: 'TAKEN@example.com' }))).toEqual([409, 'valueTaken', `The e-mail cannot be taken: the person with the id ${id} holds it.`]);
  });

  test.each([['text/plain', 400], ['application/x-www-form-urlencoded', 400], ['application/json; charset=utf-8', 201]])('are read from %s: %i', async (type, status) => {
    expect((await send('/v1/users', { ...ada, email: `type.${status}@example.com` }, { type })).status).toBe(status);
  });

  test('are not unpacked', async () => {
    const headers = { authorization: token, 'content-type': 'application/json', 'content-encoding': 'gzip' };
    expect(refusal(await gateway.send({ method: 'POST', path: '/v1/users', headers, body: '{}' }))[1]).toBe('requestInvalid');
  });
});

test('who is to be erased must be confirmed, and the refusal says how', async () => {
  const { id } = await made('/v1/users', { ...ada, email: 'erased@example.com' });
  const reply = await gateway.send({ method: 'DELETE', path: `/v1/users/${id}`, headers: { authorization: token } });
  const said = 'it must be a text of 1 to 1000 characters: the external id of the person or, for one made by hand, the id';
  expect(refusal(reply)).toEqual([400, 'requestInvalid', `The request cannot be understood: \`confirm\` is missing; ${said}.`]);
});

describe('a group', () => {
  test('is made and changed', async () => {
    const top = await made('/v1/groups', { name: ' Projects ' });
    const reply = await send('/v1/groups', { name: 'Moon', description: 'line\nline', parent: top.id });
    const group = groupSchema.parse(reply.json());
    expect([reply.status, reply.headers.location]).toEqual([201, `/v1/groups/${group.id}`]);
    expect(group).toMatchObject({ name: 'Moon', description: 'line\nline', parent: { name: 'Projects' }, externalId: null, members: 0 });
    const changed = await send(`/v1/groups/${group.id}`, { description: null, parent: null }, { method: 'PATCH' });
    expect(groupSchema.parse(changed.json())).toMatchObject({ name: 'Moon', description: null, parent: null });
    expect((await gateway.get(`/v1/groups/${group.id}`, token)).json()).toEqual(changed.json());
    expect((await events())[0]).toEqual({ kind: 'groupEdited', by: 'test', details: { id: group.id, action: 'updated', changed: ['description', 'parent'] } });
    expect(refusal(await send(`/v1/groups/${top.id}`, { parent: top.id }, { method: 'PATCH' }))[1]).toBe('valueInvalid');
  });

  test('is removed, with an event, and only when nothing is below it or it is told what to do', async () => {
    const top = await made('/v1/groups', { name: 'Attic' });
    const below = await made('/v1/groups', { name: 'Below', parent: top.id });
    const remove = (query = ''): Promise<Reply> => gateway.send({ method: 'DELETE', path: `/v1/groups/${top.id}${query}`, headers: { authorization: token } });
    expect(refusal(await remove())).toEqual([409, 'groupInUse', `The group cannot be removed: the group with the id ${below.id} is below it.`]);
    expect(refusal(await remove('?children=delete'))[1]).toBe('requestInvalid');
    const removed = await remove('?children=moveUp');
    expect([removed.status, groupSchema.parse(removed.json()).name]).toEqual([200, 'Attic']);
    expect((await events()).slice(0, 2)).toEqual([
      { kind: 'groupEdited', by: 'test', details: { id: below.id, action: 'updated', changed: ['parent'] } },
      { kind: 'groupEdited', by: 'test', details: { id: top.id, action: 'removed', changed: ['name'] } },
    ]);
    expect(refusal(await remove())[1]).toBe('notFound');
    expect(refusal(await gateway.send({ method: 'DELETE', path: '/v1/groups/x', headers: { authorization: token } }))[1]).toBe('notFound');
  });

  test.each([
    [{ name: 'a\tb' }, 400, 'valueInvalid'],
    [{ name: '  ' }, 400, 'valueInvalid'],
    [{ name: 'x', description: ' ' }, 400, 'valueInvalid'],
    [{ name: 'x', parent: '999' }, 404, 'notFound'],
    [{ name: 'x', parent: 7 }, 400, 'requestInvalid'],
    [{ name: 'x', orgUnitId: 'G' }, 400, 'requestInvalid'],
  ])('%j is refused', async (body, status, code) => {
    expect(refusal(await send('/v1/groups', body)).slice(0, 2)).toEqual([status, code]);
  });
});

describe('what belongs to a source', () => {
  test('is refused while a feed is enabled, but for administrators', async () => {
    const { items } = (await gateway.get('/v1/users?externalId=E1', token)).json() as { items: { id: string }[] };
    const path = `/v1/users/${items[0]!.id}`;
    expect(refusal(await send(path, { email: 'mona@example.com' }, { method: 'PATCH' })).slice(0, 2)).toEqual([409, 'userManaged']);
    expect((await send(path, { administrator: true }, { method: 'PATCH' })).status).toBe(200);
    await database.db.knex('feeds').where({ tenant_id: acme.tenantId }).update({ enabled: false });
    const changed = await send(path, { email: 'mona@example.com' }, { method: 'PATCH' });
    await database.db.knex('feeds').where({ tenant_id: acme.tenantId }).update({ enabled: true });
    expect(changed.json()).toMatchObject({ email: 'mona@example.com', externalId: 'E1', source: 'files' });
  });
});

describe('who may do it', () => {
  const requests = [
    ['POST', '/v1/users'],
    ['PATCH', '/v1/users/1'],
    ['POST', '/v1/groups'],
    ['PATCH', '/v1/groups/1'],
    ['DELETE', '/v1/groups/1'],
  ] as const;

  test.each(requests)('%s %s needs the scope edit', async (method, path) => {
    const other = await acme.token('upload', 'reports', 'directory', 'decide', 'admin');
    const headers = { authorization: other.token, 'content-type': 'application/json' };
    expect(refusal(await gateway.send({ method, path, headers })).slice(0, 2)).toEqual([403, 'scopeMissing']);
    expect((await gateway.send({ method, path })).status).toBe(401);
  });

  test.each(['999999', 'x', '9'.repeat(30), '%00'])('there is no record %s', async (id) => {
    for (const path of [`/v1/users/${id}`, `/v1/users/${id}/history`, `/v1/groups/${id}`]) expect(refusal(await gateway.get(path, token))[1]).toBe('notFound');
    for (const path of [`/v1/users/${id}`, `/v1/groups/${id}`]) expect(refusal(await send(path, {}, { method: 'PATCH' }))[1]).toBe('notFound');
  });

  test('records of another company are not there', async () => {
    const { id } = await made('/v1/users', { ...ada, email: 'own@example.com' });
    const group = await made('/v1/groups', { name: 'Own' });
    const stranger = (await (await newTenant(database.db, 'other')).token('edit', 'directory')).token;
    for (const path of [`/v1/users/${id}`, `/v1/users/${id}/history`, `/v1/groups/${group.id}`]) {
      expect(refusal(await gateway.get(path, stranger))[1]).toBe('notFound');
    }
    expect(refusal(await send(`/v1/users/${id}`, { lastName: 'X' }, { method: 'PATCH', as: stranger }))[1]).toBe('notFound');
    expect(refusal(await send('/v1/users', { ...ada, email: 'x@other.example', groups: [group.id] }, { as: stranger }))[1]).toBe('notFound');
    expect(refusal(await send('/v1/users', { ...ada, email: 'own@example.com' }, { as: stranger }))[2]).toBe('The e-mail cannot be taken: it is held in another company.');
  });
});
