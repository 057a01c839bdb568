import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { issue, noCounts, type JobId } from '@rosterport/domain';
import { findJob, listJobs, migrateWakeUps, rejectedOutcome } from '@rosterport/jobs';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import { endNextJob, jobIn, newTenant, openGateway, type TestGateway, type TestTenant } from './test/gateway.ts';
import { clientOptions, closed, multipart, multipartType, read, type Part } from './test/request.ts';

const database = testDatabase();
const folder = temporaryFolder();
const path = '/v1/storage/uploadFile';
let gateway: TestGateway;
let acme: TestTenant;
let token: string;

beforeAll(async () => {
  await migrateWakeUps(database.db);
  gateway = await openGateway(database.db, folder);
  acme = await newTenant(database.db, 'acme');
  ({ token } = await acme.token('upload'));
});

afterAll(() => gateway.close());

async function bytesOf(id: JobId): Promise<Buffer> {
  const file = await gateway.staging.open(id);
  try {
    const pieces: Uint8Array[] = [];
    for await (const piece of file.stream()) pieces.push(piece);
    return Buffer.concat(pieces);
  } finally {
    await file.close();
  }
}

/** Names of everything that lies in the staging area. */
async function staged(): Promise<readonly string[]> {
  const found = await readdir(`${folder}/staging`, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map((entry) => entry.name).sort();
}

async function untilStaged(names: readonly string[]): Promise<readonly string[]> {
  for (let tries = 0; tries < 3_200 && (await staged()).join() !== names.join(); tries += 1) await delay(25);
  return staged();
}

/** Begins a request that is never given an end by itself. */
function begin(headers: Readonly<Record<string, string>>): ClientRequest {
  const { port } = gateway.server;
  const wanted = { port, ca: gateway.ca, path, method: 'POST', headers: { authorization: token, 'content-type': multipartType, ...headers } };
  const going = request(clientOptions(wanted));
  going.on('error', () => undefined);
  return going;
}

describe('an upload', () => {
  test.each([
    ['the raw token', (known: string) => known],
    ['the word Bearer', (known: string) => `Bearer ${known}`],
    ['the word in lower case', (known: string) => `bearer ${known}`],
  ])('with %s is answered with a sentence and the address of its job', async (_, write) => {
    const content = 'Employee ID;First Name\nE1;Åsa\n';
    const reply = await gateway.upload(write(token), { name: 'anställda åäö.csv', content });
    expect(reply.status).toBe(200);
    expect(reply.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(reply.headers['cache-control']).toBe('no-store');
    const id = jobIn(reply);
    expect(reply.text).toBe(`The file was received as job ${id}.\n`);
    const job = await findJob(database.db, acme.tenantId, id);
    expect(job).toMatchObject({ state: 'staged', fileName: 'anställda åäö.csv', channel: 'https', size: Buffer.byteLength(content) });
    expect((await bytesOf(id)).toString('utf8')).toBe(content);
    await endNextJob(database.db, acme.tenantId);
  });

  test('keeps every byte of a large file, with other fields around it', async () => {
    const content = randomBytes(3_000_000);
    const parts: Part[] = [
      { name: 'comment', content: 'nightly' },
      { name: 'file', fileName: 'users.xlsx', content },
      { name: 'after', content: 'x' },
    ];
    const headers = { authorization: token, 'content-type': multipartType };
    const reply = await gateway.send({ method: 'POST', path, headers, body: multipart(parts) });
    expect(reply.status).toBe(200);
    expect((await bytesOf(jobIn(reply))).equals(content)).toBe(true);
    await endNextJob(database.db, acme.tenantId);
  });

  test('with 0 bytes is taken: the verdict is the job’s', async () => {
    const reply = await gateway.upload(token, { content: '' });
    expect(reply.status).toBe(200);
    expect(await bytesOf(jobIn(reply))).toHaveLength(0);
    await endNextJob(database.db, acme.tenantId);
  });
});

describe('the verdict', () => {
  let patient: TestGateway;
  const own = temporaryFolder();
  beforeAll(async () => {
    patient = await openGateway(database.db, own, { verdictWithinMs: 20_000 });
  });
  afterAll(() => patient.close());

  async function jobIsThere(): Promise<void> {
    const query = { tenantId: acme.tenantId, state: 'staged', limit: 1 } as const;
    while ((await listJobs(database.db, query)).items.length === 0) await delay(10);
  }

  test('on a refused file is 400 with all findings', async () => {
    const going = patient.upload(token, { content: 'a,b\n' });
    await jobIsThere();
    const found = [issue('validateFileHasRows'), issue('validateFileFormat', { found: 'PDF' }), issue('validateFinalLineEnd')];
    const id = await endNextJob(database.db, acme.tenantId, rejectedOutcome('csv', found));
    const reply = await going;
    expect(reply.status).toBe(400);
    expect(jobIn(reply)).toBe(id);
    expect(reply.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(reply.json()).toEqual({
      job: id,
      code: 'validateFileHasRows',
      message: `The file was refused: ${found[0]!.message} There are 2 such findings.`,
      issues: found,
    });
  });

  test('on an applied file is 200, whatever became of its rows', async () => {
    const going = patient.upload(token, {});
    await jobIsThere();
    await endNextJob(database.db, acme.tenantId, { counts: { ...noCounts, rejected: 3 } });
    expect((await going).status).toBe(200);
  });

  test('on a job that broke is 400 without what broke', async () => {
    const going = patient.upload(token, {});
    await jobIsThere();
    await database.db.knex('jobs').where({ state: 'staged' }).update({
      state: 'failed',
      failure: JSON.stringify({ code: 'unexpected', message: 'Ada Berg is no number' }),
      finished_at: database.db.knex.fn.now(),
    });
    const reply = await going;
    expect(reply.status).toBe(400);
    expect(reply.json()).toMatchObject({ code: 'unexpected', message: 'Something broke on our side.', issues: [] });
    expect(reply.text).not.toContain('Ada');
  });
});

describe('a sender that may not', () => {
  test.each([
    ['no token', undefined],
    ['nonsense', 'hello'],
    ['a token that nobody has', `rp_${'A'.repeat(43)}`],
    ['the word Bearer alone', 'Bearer'],
  ])('upload with %s gets 400 and an empty body', async (_, authorization) => {
    const before = await staged();
    const headers = { 'content-type': multipartType, ...(authorization === undefined ? {} : { authorization }) };
    const body = multipart([{ name: 'file', fileName: 'users.csv', content: 'a;b\n' }]);
    const reply = await gateway.send({ method: 'POST', path, headers, body });
    expect({ status: reply.status, text: reply.text }).toEqual({ status: 400, text: '' });
    expect(await staged()).toEqual(before);
  });

  test('upload because of its scopes is told so', async () => {
    const reader = await acme.token('reports', 'directory');
    const reply = await gateway.upload(reader.token, {});
    expect(reply.status).toBe(400);
    expect(reply.json()).toMatchObject({ job: null, code: 'scopeMissing', issues: [] });
  });
});

describe('a request that is not right', () => {
  const file = { name: 'file', fileName: 'users.csv', content: 'a;b\n' };
  const brackets = { name: 'a[b]', content: 'x' };
  test.each([
    ['without a file', multipartType, multipart([{ name: 'other', content: 'x' }]), 'requestInvalid'],
    ['with the file as a text field', multipartType, multipart([{ name: 'file', content: 'a;b' }]), 'requestInvalid'],
    ['with the file in another part', multipartType, multipart([{ ...file, name: 'upload' }]), 'requestInvalid'],
    ['with two files', multipartType, multipart([file, file]), 'requestInvalid'],
    ['with brackets in a name', multipartType, multipart([brackets, file]), 'requestInvalid'],
    ['with a long field after the file', multipartType, multipart([file, { name: 'a', content: 'x'.repeat(5_000) }]), 'requestInvalid'],
    ['with many fields', multipartType, multipart([...Array.from({ length: 20 }, () => ({ name: 'a', content: '' })), file]), 'requestInvalid'],
    ['without its end', multipartType, multipart([file], { end: false }), 'requestInvalid'],
    ['without a boundary', 'multipart/form-data', multipart([file]), 'requestInvalid'],
    ['in JSON', 'application/json', Buffer.from('{}'), 'requestInvalid'],
    ['with a name that stands for a folder', multipartType, multipart([{ ...file, fileName: '..' }]), 'requestInvalid'],
    ['with a line feed in the name', multipartType, multipart([{ ...file, fileName: 'a%0Ab.csv' }]), 'fileNameInvalid'],
  ])('%s is 400 and leaves nothing', async (_, type, body, code) => {
    const before = await staged();
    const reply = await gateway.send({ method: 'POST', path, headers: { authorization: token, 'content-type': type }, body });
    expect(reply.status).toBe(400);
    expect(reply.json()).toMatchObject({ job: null, code, issues: [] });
    expect(await untilStaged(before)).toEqual(before);
  });

  test('in a compressed body is 400', async () => {
    const headers = { authorization: token, 'content-type': multipartType, 'content-encoding': 'gzip' };
    const reply = await gateway.send({ method: 'POST', path, headers, body: multipart([file]) });
    expect(reply.json()).toMatchObject({ code: 'requestInvalid' });
  });
});

describe('the limit of 10 MiB', () => {
  const limit = 10 * 1024 * 1024;

  test('lets a file of just that size pass', async () => {
    const reply = await gateway.upload(token, { content: Buffer.alloc(limit, 'x') });
    expect(reply.status).toBe(200);
    await endNextJob(database.db, acme.tenantId);
  });

  test.each([
    ['of one byte more', limit + 1],
    ['of three times the size', limit * 3],
  ])('refuses a body %s, whose length is told or not', async (_, size) => {
    const before = await staged();
    const body = multipart([{ name: 'file', fileName: 'users.csv', content: Buffer.alloc(size, 'x') }]);
    for (const length of [{ 'content-length': String(body.length) }, { 'transfer-encoding': 'chunked' }]) {
      const going = begin(length);
      const answer = once(going, 'response') as Promise<[IncomingMessage]>;
      going.end(body);
      const reply = await read((await answer)[0]);
      expect(reply.status).toBe(400);
      expect(reply.json()).toMatchObject({ job: null, code: 'fileTooLarge', message: expect.stringContaining(String(limit)) });
    }
    expect(await untilStaged(before)).toEqual(before);
  });

  test('is told without the body to a sender that waits to be asked for it', async () => {
    const going = begin({ 'content-length': '5000000000', expect: '100-continue' });
    let asked = false;
    going.on('continue', () => (asked = true));
    going.flushHeaders();
    const [answer] = (await once(going, 'response')) as [IncomingMessage];
    expect((await read(answer)).json()).toMatchObject({ code: 'fileTooLarge' });
    expect(asked).toBe(false);
    going.destroy();
  });
});

test('a sender that waits to be asked for the body is asked', async () => {
  const body = multipart([{ name: 'file', fileName: 'users.csv', content: 'a;b\n' }]);
  const going = begin({ 'content-length': String(body.length), expect: '100-continue' });
  going.flushHeaders();
  await once(going, 'continue');
  going.end(body);
  const [answer] = (await once(going, 'response')) as [IncomingMessage];
  expect((await read(answer)).status).toBe(200);
  await endNextJob(database.db, acme.tenantId);
});

test('a connection that breaks off in the middle leaves no file and no job', async () => {
  const before = await staged();
  const jobs = await listJobs(database.db, { tenantId: acme.tenantId, limit: 1000 });
  const going = begin({ 'transfer-encoding': 'chunked' });
  going.write(multipart([{ name: 'file', fileName: 'users.csv', content: Buffer.alloc(1_000_000, 'x') }], { end: false }));
  while ((await staged()).length === before.length) await delay(10);
  going.destroy();
  expect(await untilStaged(before)).toEqual(before);
  expect(await listJobs(database.db, { tenantId: acme.tenantId, limit: 1000 })).toEqual(jobs);
});

describe('a sender that is too slow', () => {
  const own = temporaryFolder();

  test('is told so, and nothing is left when the door has closed', async () => {
    const strict = await openGateway(database.db, own, { pace: { bytesPerSecond: 1_000_000, seconds: 0.2 }, discardMs: 300 });
    const headers = { authorization: token, 'content-type': multipartType, 'transfer-encoding': 'chunked' };
    const going = request(clientOptions({ port: strict.server.port, ca: strict.ca, path, method: 'POST', headers }));
    going.on('error', () => undefined);
    going.write(multipart([{ name: 'file', fileName: 'users.csv', content: 'a;b' }], { end: false }));
    const ended = closed(going);
    const [answer] = (await once(going, 'response')) as [IncomingMessage];
    expect((await read(answer)).json()).toMatchObject({ code: 'uploadIncomplete' });
    await ended;
    await strict.server.close();
    const left = await readdir(`${own}/staging`, { recursive: true, withFileTypes: true });
    await strict.close();
    expect(left.filter((entry) => entry.isFile())).toEqual([]);
  });
});
