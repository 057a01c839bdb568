import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { failureCatalogue, issueCatalogue, issueChapters } from '@rosterport/domain';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { endpoints } from './endpoints.ts';
import { problemSchema } from './schemas.ts';
import { newTenant, openGateway, type TestGateway, type TestTenant } from './test/gateway.ts';

const database = testDatabase();
const folder = temporaryFolder();
let gateway: TestGateway;
let acme: TestTenant;
let parts: Record<string, boolean>;

beforeAll(async () => {
  gateway = await openGateway(database.db, folder, { readiness: () => Promise.resolve(parts) });
  acme = await newTenant(database.db, 'acme');
});

afterAll(() => gateway.close());

describe('the app', () => {
  test('answers to an unknown address with a problem that bears the id of the request', async () => {
    const reply = await gateway.get('/v1/nothing');
    expect(reply.status).toBe(404);
    expect(problemSchema.parse(reply.json())).toMatchObject({ code: 'notFound', requestId: reply.headers['x-request-id'] });
  });

  test.each([
    ['DELETE', '/v1/jobs', 'GET, HEAD'],
    ['POST', '/v1/jobs/x', 'GET, HEAD'],
    ['GET', '/v1/files', 'POST'],
    ['PUT', '/v1/storage/uploadFile', 'POST'],
    ['OPTIONS', '/healthz', 'GET, HEAD'],
  ])('answers to %s %s with 405 and what is allowed', async (method, path, allowed) => {
    const reply = await gateway.send({ method, path });
    expect(reply.status).toBe(405);
    expect(reply.headers.allow).toBe(allowed);
    expect(problemSchema.parse(reply.json())).toMatchObject({ status: 405, code: 'requestInvalid' });
  });

  test('answers to an address that cannot be decoded with a problem', async () => {
    const reply = await gateway.get('/v1/jobs/%E0%A4%A');
    expect(reply.status).toBe(400);
    expect(reply.json()).toMatchObject({ code: 'requestInvalid' });
  });

  test('says how answers may be used, and not what it is made of', async () => {
    const { headers } = await gateway.get('/healthz');
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("default-src 'self'"),
    });
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers.etag).toBeUndefined();
  });

  test('does not read a body that nobody asked for', async () => {
    const reply = await gateway.send({ method: 'POST', path: '/v1/jobs', body: Buffer.alloc(100_000) });
    expect(reply.status).toBe(405);
  });
});

describe('an answer of ours that breaks', () => {
  test('is a problem with the id that the log has, and holds no word of the library', async () => {
    const broken = await openGateway(database.db, `${folder}/broken`, {
      readiness: () => Promise.reject(Object.assign(new Error('Key (email)=(ada@example.com) is\n    at /secret:1:1'), { code: '23505' })),
    });
    const reply = await broken.get('/readyz');
    expect(reply.status).toBe(500);
    const { requestId, code } = problemSchema.parse(reply.json());
    expect(code).toBe('unexpected');
    await broken.close();
    expect(broken.log()).toContain(requestId);
    expect(broken.log()).toContain('23505');
    for (const text of [reply.text, broken.log()]) {
      expect(text).not.toContain('ada@');
      expect(text).not.toContain('/secret');
    }
    expect(reply.text).not.toMatch(/\bat .*:\d+:\d+/);
  });

  test('says 503 and when to come again while the database is away', async () => {
    const away = await openGateway(database.db, `${folder}/away`, {
      readiness: () => Promise.reject(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })),
    });
    const reply = await away.get('/readyz');
    await away.close();
    expect(reply.status).toBe(503);
    expect(reply.headers['retry-after']).toBe('30');
    expect(reply.json()).toMatchObject({ code: 'databaseUnavailable' });
  });
});

describe('the state of the process', () => {
  test('is alive', async () => {
    expect(await gateway.get('/healthz')).toMatchObject({ status: 200, text: 'ok\n' });
  });

  test.each([
    [{ database: true, sftp: true }, 200, true],
    [{ database: false, sftp: true }, 503, false],
  ])('with %p is ready or not', async (wanted, status, ready) => {
    parts = wanted;
    const reply = await gateway.get('/readyz');
    expect(reply.status).toBe(status);
    expect(reply.json()).toEqual({ ready, parts: { ...wanted, https: true } });
  });

  test('is counted', async () => {
    await gateway.get('/v1/jobs', `rp_${'A'.repeat(43)}`);
    await gateway.get('/v1/jobs', (await acme.token('reports')).token);
    const reply = await gateway.get('/metrics');
    expect(reply.headers['content-type']).toContain('text/plain');
    expect(reply.text).toContain('rosterport_logins_total{channel="https",outcome="refused"} 1');
    expect(reply.text).toContain('rosterport_logins_total{channel="https",outcome="accepted"} 1');
    expect(reply.text).toMatch(/rosterport_http_requests_total\{method="GET",status="401"\} \d/);
    expect(reply.text).toMatch(/rosterport_http_request_seconds_count\{method="GET"\} \d/);
  });
});

describe('too many requests', () => {
  test('with wrong tokens make the address wait, whatever it sends then', async () => {
    const strict = await openGateway(database.db, `${folder}/guesses`, { failedLoginsPerMinute: 20 });
    const { token } = await acme.token('reports');
    const guess = (): Promise<number> => strict.get('/v1/jobs', `rp_${'B'.repeat(43)}`).then(({ status }) => status);
    for (let tries = 0; tries < 20; tries += 1) expect(await guess()).toBe(401);
    expect(await guess()).toBe(429);
    const reply = await strict.get('/v1/jobs', token);
    expect(reply.status).toBe(429);
    expect(reply.headers['retry-after']).toBe('60');
    expect(reply.json()).toMatchObject({ code: 'tooManyRequests' });
    expect((await strict.upload(token, {})).status).toBe(429);
    expect((await strict.get('/healthz')).status).toBe(200);
    await strict.close();
  });

  test('of any kind make the address wait', async () => {
    const strict = await openGateway(database.db, `${folder}/many`, { requestsPerMinute: 3 });
    const statuses = [];
    for (let tries = 0; tries < 4; tries += 1) statuses.push((await strict.get('/')).status);
    await strict.close();
    expect(statuses).toEqual([200, 200, 200, 429]);
  });
});

describe('the API description', () => {
  interface Operation {
    readonly security: unknown[];
    readonly parameters?: readonly { readonly name: string }[];
    readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> };
    readonly responses: Readonly<Record<string, unknown>>;
  }
  interface Document {
    readonly openapi: string;
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
    readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
  }
  let document: Document;

  beforeAll(async () => {
    document = (await gateway.get('/openapi.json')).json() as Document;
  });

  test('is OpenAPI 3.1, and every reference in it leads somewhere', () => {
    expect(document.openapi).toBe('3.1.0');
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
    expect(references.length).toBeGreaterThan(5);
    for (const name of references) expect(Object.keys(document.components.schemas)).toContain(name);
  });

  test('holds every endpoint, and nothing else', () => {
    const described = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
    expect(described.sort()).toEqual(endpoints.map(({ method, path }) => `${method} ${path}`).sort());
  });

  test.each(endpoints.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const))('says of %s what it takes', (_, endpoint) => {
    const operation = document.paths[endpoint.path]![endpoint.method]!;
    const { params, query, headers } = endpoint.parts;
    const names = [params, query, headers].flatMap((part) => Object.keys(part?.shape ?? {}));
    expect((operation.parameters ?? []).map(({ name }) => name.toLowerCase()).sort()).toEqual(names.map((name) => name.toLowerCase()).sort());
    expect(Object.keys(operation.requestBody?.content ?? {})).toEqual(Object.keys(endpoint.body ?? {}));
    expect(operation.security).toHaveLength(endpoint.scopes === null ? 0 : 1);
    expect(Object.keys(operation.responses)).toEqual([...Object.keys(endpoint.responses), 'default']);
  });

  test.each(endpoints.filter(({ method }) => method === 'get').map(({ path }) => path))('%s exists as described', async (path) => {
    const endpoint = endpoints.find((one) => one.path === path)!;
    const { status } = await gateway.get(path.replace('{id}', '11111111-1111-4111-8111-111111111111'));
    expect(Object.keys(endpoint.responses).concat(endpoint.scopes === null ? [] : ['401'])).toContain(String(status));
  });
});

describe('the pages', () => {
  test('say what this is, and explain every code', async () => {
    expect((await gateway.get('/')).text).toContain('<a href="/openapi.json">');
    const failures = (await gateway.get('/docs/failures')).text;
    for (const code of Object.keys(failureCatalogue)) expect(failures).toContain(`id="${code}"`);
    const issues = (await gateway.get('/docs/issues')).text;
    for (const code of Object.keys(issueCatalogue)) expect(issues).toContain(`id="${code}"`);
    const plain = issues.replace(/&#(\d+);/g, (_, number: string) => String.fromCharCode(Number(number)));
    for (const { refused, accepted } of issueChapters().flatMap(({ codes }) => codes)) {
      expect(plain).toContain(`<dt>Refused</dt><dd><pre>${refused}</pre></dd><dt>Accepted</dt><dd><pre>${accepted}</pre></dd>`);
    }
    expect(issues).toContain('The feed <code>{found}</code> is disabled');
    expect(issues).not.toContain('<script');
  });
});
