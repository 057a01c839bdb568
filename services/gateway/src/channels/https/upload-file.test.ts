import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { issue, type JobId } from '@rosterport/domain';
import { migrateWakeUps, rejectedOutcome, findJob } from '@rosterport/jobs';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { setTimeout as delay } from 'node:timers/promises';
import { endNextJob, jobIn, newTenant, openGateway, type TestGateway, type TestTenant } from './test/gateway.ts';
import { multipart, multipartType } from './test/request.ts';

const database = testDatabase();
const folder = temporaryFolder();
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

const path = '/v1/storage/uploadFile';

async function bytesOf(id: JobId): Promise<string> {
  const file = await gateway.staging.open(id);
  try {
    const pieces: Uint8Array[] = [];
    for await (const piece of file.stream()) pieces.push(piece);
    return Buffer.concat(pieces).toString('utf8');
  } finally {
    await file.close();
  }
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
    expect(await bytesOf(id)).toBe(content);
    await endNextJob(database.db, acme.tenantId);
  });
});
