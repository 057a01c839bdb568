import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addFeed, issueToken } from '@rosterport/access';
import { inTransaction } from '@rosterport/database';
import type { CredentialId } from '@rosterport/domain';
import { findJob, listJobs, migrateWakeUps } from '@rosterport/jobs';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { request } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import { idempotentId } from './idempotent-id.ts';
import { jobSchema } from './schemas.ts';
import { jobIn, newTenant, openGateway, type TestGateway, type TestTenant } from './test/gateway.ts';
import { clientOptions, closed, multipart, multipartType, type Reply } from './test/request.ts';

const database = testDatabase();
const folder = temporaryFolder();
const limit = 1_000_000;
let gateway: TestGateway;
let acme: TestTenant;
let token: string;

beforeAll(async () => {
  await migrateWakeUps(database.db);
  gateway = await openGateway(database.db, folder, { filesLimitBytes: limit });
  acme = await newTenant(database.db, 'acme');
  await inTransaction(database.db, (tx) => addFeed(tx, { tenantId: acme.tenantId, name: 'weekly', mode: 'full' }));
  ({ token } = await acme.token('upload'));
});

afterAll(() => gateway.close());

function sendRaw(options: { path?: string; headers?: Readonly<Record<string, string>>; body?: Buffer | string }): Promise<Reply> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'text/csv', ...options.headers };
  return gateway.send({ method: 'POST', path: options.path ?? '/v1/files?fileName=users.csv', headers, body: options.body ?? 'a;b\n' });
}

async function partials(): Promise<number> {
  const found = await readdir(`${folder}/staging`, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile() && !/inbox|kept/.test(entry.parentPath)).length;
}

describe('a file', () => {
  test('in a multipart body is answered with its job', async () => {
    const reply = await gateway.upload(token, { path: '/v1/files', name: 'grupper å.csv', content: 'a;b\n' });
    expect(reply.status).toBe(202);
    const job = jobSchema.parse(reply.json());
    expect(job).toMatchObject({ id: jobIn(reply), state: 'staged', fileName: 'grupper å.csv', channel: 'https', feed: 'default' });
  });

  test('is compared with the size and the SHA-256 that the sender declares', async () => {
    const sha256 = createHash('sha256').update('a;b\n').digest('hex');
    const declared = (query: string): Promise<Reply> => sendRaw({ path: `/v1/files?fileName=users.csv&${query}` });
    expect((await declared(`size=4&sha256=${sha256.toUpperCase()}`)).status).toBe(202);
    for (const query of ['size=5', `sha256=${'0'.repeat(64)}`]) {
      const reply = await declared(query);
      expect({ status: reply.status, code: (reply.json() as { code: string }).code }).toEqual({ status: 400, code: 'uploadDamaged' });
    }
    expect(await partials()).toBe(0);
  });

  test.each([
    ['the query', '/v1/files?fileName=anst%C3%A4llda.csv', {}, 'anställda.csv'],
    ['the header', '/v1/files', { 'content-disposition': 'attachment; filename="users 1.csv"' }, 'users 1.csv'],
    ['the encoded header', '/v1/files', { 'content-disposition': "attachment; filename=x; filename*=UTF-8''anst%C3%A4llda.csv" }, 'anställda.csv'],
    ['bytes of UTF-8 in the header', '/v1/files', { 'content-disposition': Buffer.from('attachment; filename="ä.csv"').toString('latin1') }, 'ä.csv'],
    ['the query before the header', '/v1/files?fileName=a.csv', { 'content-disposition': 'attachment; filename=b.csv' }, 'a.csv'],
  ])('that is the whole body has its name from %s', async (_, path, headers, name) => {
    const reply = await sendRaw({ path, headers, body: 'Employee ID;x\n' });
    expect(reply.status).toBe(202);
    expect(await findJob(database.db, acme.tenantId, jobIn(reply))).toMatchObject({ fileName: name, size: 14 });
  });

  test.each([
    ['text/csv; charset=utf-8'],
    ['application/octet-stream'],
    ['application/vnd.ms-excel'],
    ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ])('may be of the type %s', async (type) => {
    expect((await sendRaw({ headers: { 'content-type': type } })).status).toBe(202);
  });

  test.each<[string, object]>([
    ['', { feed: 'default', mode: 'delta', dryRun: false }],
    ['&mode=full', { feed: 'default', mode: 'full', dryRun: false }],
    ['&dryRun=true', { feed: 'default', mode: 'delta', dryRun: true }],
    ['&dryRun=false&mode=delta', { feed: 'default', mode: 'delta', dryRun: false }],
    ['&feed=weekly', { feed: 'weekly', mode: 'full', dryRun: false }],
    ['&feed=weekly&mode=delta&dryRun=true', { feed: 'weekly', mode: 'delta', dryRun: true }],
  ])('with %j is one of the feed and mode that it names, and of the feed besides', async (query, job) => {
    const replies = [
      await sendRaw({ path: `/v1/files?fileName=a.csv${query}` }),
      await gateway.upload(token, { path: `/v1/files?${query.slice(1)}`, name: 'a.csv', content: 'a;b\n' }),
    ];
    for (const reply of replies) expect(reply.json()).toMatchObject(job);
  });

  test('of a credential with a mode has that mode, unless it names another', async () => {
    const { token: full } = await issueToken(database.db, { tenantId: acme.tenantId, name: 'full', scopes: ['upload'], mode: 'full' });
    const headers = { authorization: full };
    expect((await sendRaw({ headers })).json()).toMatchObject({ mode: 'full' });
    expect((await sendRaw({ headers, path: '/v1/files?fileName=a.csv&mode=delta' })).json()).toMatchObject({ mode: 'delta' });
  });

  test("of another tenant's feed is refused", async () => {
    const other = await newTenant(database.db, 'other');
    await inTransaction(database.db, (tx) => addFeed(tx, { tenantId: other.tenantId, name: 'theirs' }));
    expect((await sendRaw({ path: '/v1/files?fileName=a.csv&feed=theirs' })).status).toBe(404);
  });

  test.each([
    ['another type', '/v1/files?fileName=a.csv', { 'content-type': 'application/json' }, 400, 'requestInvalid'],
    ['no name', '/v1/files', {}, 400, 'requestInvalid'],
    ['a broken disposition', '/v1/files', { 'content-disposition': ';;;' }, 400, 'requestInvalid'],
    ['a folder in its name', '/v1/files?fileName=..%2Fusers.csv', {}, 400, 'fileNameInvalid'],
    ['an unknown parameter', '/v1/files?fileName=a.csv&modus=full', {}, 400, 'requestInvalid'],
    ['a mode that is none', '/v1/files?fileName=a.csv&mode=FULL', {}, 400, 'requestInvalid'],
    ['a wish that is none', '/v1/files?fileName=a.csv&dryRun=1', {}, 400, 'requestInvalid'],
    ['a feed that is none', '/v1/files?fileName=a.csv&feed=nightly', {}, 404, 'notFound'],
    ['a feed that cannot be one', '/v1/files?fileName=a.csv&feed=%00', {}, 400, 'requestInvalid'],
    ['two names', '/v1/files?fileName=a.csv&fileName=b.csv', {}, 400, 'requestInvalid'],
    ['compression', '/v1/files?fileName=a.csv', { 'content-encoding': 'gzip' }, 400, 'requestInvalid'],
    ['an empty key', '/v1/files?fileName=a.csv', { 'idempotency-key': '' }, 400, 'requestInvalid'],
    ['a wrong token', '/v1/files?fileName=a.csv', { authorization: `rp_${'A'.repeat(43)}` }, 401, 'apiTokenValidation'],
  ])('with %s is refused', async (_, path, headers, status, code) => {
    const reply = await sendRaw({ path, headers });
    expect(reply.status).toBe(status);
    expect(reply.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(reply.json()).toMatchObject({ status, code, type: `/docs/failures#${code}` });
    expect(await partials()).toBe(0);
  });

  test.each([
    ['its length told', { 'content-length': String(limit + 1) }],
    ['its length not told', { 'transfer-encoding': 'chunked' }],
  ])('beyond the limit, with %s, is 413', async (_, headers) => {
    const reply = await sendRaw({ headers, body: Buffer.alloc(limit + 1, 'x') });
    expect(reply.status).toBe(413);
    expect(reply.json()).toMatchObject({ code: 'fileTooLarge' });
    expect(await partials()).toBe(0);
  });

  test('whose connection breaks off leaves nothing', async () => {
    const before = await listJobs(database.db, { tenantId: acme.tenantId, limit: 1000 });
    const headers = { authorization: token, 'content-type': 'text/csv', 'content-length': '500000' };
    const wanted = { port: gateway.server.port, ca: gateway.ca, path: '/v1/files?fileName=a.csv', method: 'POST', headers };
    const going = request(clientOptions(wanted));
    going.on('error', () => undefined);
    going.write(Buffer.alloc(300_000, 'x'));
    while ((await partials()) === 0) await delay(10);
    const ended = closed(going);
    going.destroy();
    await ended;
    for (let tries = 0; tries < 3_200 && (await partials()) > 0; tries += 1) await delay(25);
    expect(await partials()).toBe(0);
    expect(await listJobs(database.db, { tenantId: acme.tenantId, limit: 1000 })).toEqual(before);
  });
});

describe('an Idempotency-Key', () => {
  const headers = { 'idempotency-key': 'night 2026-11-21' };

  test('gives one job, however often it comes, in either form of the body', async () => {
    const first = await sendRaw({ headers });
    const second = await sendRaw({ headers, body: 'another;body\n' });
    const body = multipart([{ name: 'file', fileName: 'c.csv', content: 'a' }]);
    const third = await sendRaw({ path: '/v1/files', headers: { ...headers, 'content-type': multipartType }, body });
    expect([first.status, second.status, third.status]).toEqual([202, 202, 202]);
    expect([second.json(), third.json()]).toEqual([first.json(), first.json()]);
  });

  test('is one of its credential alone', async () => {
    const other = await acme.token('upload');
    const mine = await sendRaw({ headers });
    const theirs = await sendRaw({ headers: { ...headers, authorization: other.token } });
    expect(theirs.status).toBe(202);
    expect(jobIn(theirs)).not.toBe(jobIn(mine));
  });

  test('of an upload that is under way is a conflict, and the upload goes on', async () => {
    const key = { 'idempotency-key': 'slow' };
    const wanted = { authorization: token, 'content-type': 'text/csv', 'content-length': '300005', ...key };
    const { port } = gateway.server;
    const going = request(clientOptions({ port, ca: gateway.ca, path: '/v1/files?fileName=a.csv', method: 'POST', headers: wanted }));
    // More than is gathered and held in memory, so that it is seen on the disk.
    going.write('x'.repeat(300_000));
    while ((await partials()) === 0) await delay(10);
    const conflict = await sendRaw({ headers: key });
    expect(conflict.status).toBe(409);
    expect(conflict.json()).toMatchObject({ code: 'uploadExists' });
    const answered = once(going, 'response');
    going.end('56789');
    const [answer] = (await answered) as [{ statusCode: number; resume(): void }];
    answer.resume();
    expect(answer.statusCode).toBe(202);
    expect((await sendRaw({ headers: key })).status).toBe(202);
  });

  test('is put into an id of version 8 that never changes', () => {
    const id = idempotentId('11111111-1111-4111-8111-111111111111' as CredentialId, 'key');
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(idempotentId('11111111-1111-4111-8111-111111111111' as CredentialId, 'key')).toBe(id);
    expect(idempotentId('11111111-1111-4111-8111-111111111111' as CredentialId, 'key2')).not.toBe(id);
  });
});
