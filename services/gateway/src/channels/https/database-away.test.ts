import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openDatabase, type Database } from '@rosterport/database';
import { findJob, migrateWakeUps } from '@rosterport/jobs';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { sealedSchema } from './schemas.ts';
import { jobIn, newTenant, openGateway, type TestGateway, type TestTenant } from './test/gateway.ts';

const database = testDatabase();
const folder = temporaryFolder();
let own: Database;
let gateway: TestGateway;
let acme: TestTenant;
let token: string;

beforeAll(async () => {
  await migrateWakeUps(database.db);
  acme = await newTenant(database.db, 'acme');
  ({ token } = await acme.token('upload', 'reports', 'directory'));
  own = await openDatabase({ url: database.url });
  gateway = await openGateway(own, folder);
  expect((await gateway.get('/v1/jobs', token)).status).toBe(200);
  await own.close();
});

afterAll(async () => {
  await gateway.close();
});

test('while the database is away, files of known senders are taken, and nothing is waited for', async () => {
  const sent = await gateway.upload(token, { path: '/v1/files' });
  expect(sent.status).toBe(202);
  expect(sealedSchema.parse(sent.json())).toEqual({ id: jobIn(sent), state: 'staged' });
  const seed = await gateway.upload(token, {});
  expect(seed.status).toBe(200);
  const sealed = await gateway.staging.sealed();
  expect(sealed.map(({ jobId }) => jobId)).toEqual([jobIn(sent), jobIn(seed)]);
  await expect(findJob(database.db, acme.tenantId, jobIn(sent))).rejects.toMatchObject({ code: 'notFound' });
});

test.each(['/v1/jobs', '/v1/users'])('while the database is away, %s says so', async (path) => {
  const reply = await gateway.get(path, token);
  expect(reply.status).toBe(503);
  expect(reply.headers['retry-after']).toBe('30');
  expect(reply.json()).toMatchObject({ code: 'databaseUnavailable' });
});

test('while the database is away, a token that was not seen lately is neither right nor wrong', async () => {
  const unknown = `rp_${'C'.repeat(43)}`;
  expect((await gateway.get('/v1/jobs', unknown)).status).toBe(503);
  expect((await gateway.upload(unknown, {})).status).toBe(503);
});
