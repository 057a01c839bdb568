import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { issueToken } from '@rosterport/access';
import { issue, type JobId } from '@rosterport/domain';
import { beginNextJob, discardJob, endJob, rejectedOutcome, withTenantClaim } from '@rosterport/jobs';
import { doorUnderTest, type Account } from './test/door-under-test.ts';
import { errorOf, sftpClient, type SftpClient } from './test/sftp-client.ts';

const door = doorUnderTest();
let account: Account;
let client: SftpClient;
let jobId: string;

/** Holds the tenant's next job. */
async function holdNext(who: Account): Promise<void> {
  const guardIssues = [issue('validateDeactivationShare', { found: '6 of 10 people', expected: '10 %' })];
  await withTenantClaim(door.database.db, who.tenant.id, async (connection) => {
    const job = await beginNextJob(connection, who.tenant.id);
    await endJob(connection, job?.id as JobId, { ...rejectedOutcome('csv', []), state: 'held', guardIssues, fingerprint: 'f' });
  });
}

/** Ends the tenant's next job as rejected. */
async function rejectNext(who: Account): Promise<void> {
  await withTenantClaim(door.database.db, who.tenant.id, async (connection) => {
    const job = await beginNextJob(connection, who.tenant.id);
    await endJob(connection, job?.id as JobId, rejectedOutcome('csv', [issue('validateFileIsNotEmpty')]));
  });
}

beforeAll(async () => {
  account = await door.account('acme');
  client = await sftpClient({ port: door.server.port, username: 'acme', password: account.token });
  await client.put('/users.csv', 'x');
  jobId = (await door.jobs(account))[0]!.id;
});

afterAll(() => client.end());

describe('/receipts', () => {
  test('is empty until a job has come to its end', async () => {
    expect(await client.names('/receipts')).toEqual([]);
    expect(await errorOf(client.stat(`/receipts/users.csv.${jobId}.json`))).toBe('There is no such file.');
    await rejectNext(account);
    expect(await client.names('/receipts')).toEqual([`users.csv.${jobId}.csv`, `users.csv.${jobId}.json`]);
    expect(await client.stat('/users.csv')).toMatchObject({ size: 1 });
  });

  test.each(['json', 'csv'])('gives a receipt as .%s whose size is the one that is told', async (ending) => {
    const path = `/receipts/users.csv.${jobId}.${ending}`;
    const text = await client.get(path);
    const size = Buffer.byteLength(text);
    expect(await client.stat(path)).toMatchObject({ size });
    const listed = (await client.list('/receipts')).find(({ filename }) => path.endsWith(filename));
    expect(listed?.attrs).toMatchObject({ size });
    expect(text).toContain('validateFileIsNotEmpty');
    expect(text).toContain(jobId);
  });

  test('gives JSON that a script can read', async () => {
    const text = await client.get(`/receipts/users.csv.${jobId}.json`);
    expect(JSON.parse(text)).toMatchObject({
      job: jobId,
      state: 'rejected',
      fileName: 'users.csv',
      channel: 'sftp',
      fileIssues: [{ code: 'validateFileIsNotEmpty', severity: 'error' }],
      rows: [],
    });
  });

  test('tells of a job that is held, and of its end afterwards', async () => {
    await client.put('/held.csv', 'x');
    const held = (await door.jobs(account)).find((one) => one.file_name === 'held.csv')!;
    await holdNext(account);
    const path = `/receipts/held.csv.${held.id}.csv`;
    const text = await client.get(path);
    expect(text).toContain('state;held\r\n');
    expect(text).toContain(';;;;validateDeactivationShare;warning;\r\n');
    expect(text).not.toContain('6 of 10');
    const listed = (await client.list('/receipts')).find(({ filename }) => path.endsWith(filename));
    expect(listed?.attrs).toMatchObject({ size: Buffer.byteLength(text) });
    await discardJob(door.database.db, { tenantId: account.tenant.id, jobId: held.id as JobId, credentialId: null });
    expect(await client.get(path)).toContain('state;discarded\r\n');
  });

  test.each(['.json', '.csv'])('has names of at most 255 bytes, cut between two letters, as %s', async (ending) => {
    const name = `${'å'.repeat(125)}.csv`;
    await client.put(`/${name}`, 'x');
    const job = (await door.jobs(account)).findLast((one) => one.file_name === name)!;
    await rejectNext(account);
    const listed = (await client.names('/receipts')).find((one) => one.endsWith(`${job.id}${ending}`));
    expect(listed).toMatch(/^å+\.[-0-9a-f]{36}\.(json|csv)$/);
    expect(Buffer.byteLength(listed!)).toBeGreaterThan(253 - 2);
    expect(Buffer.byteLength(listed!)).toBeLessThanOrEqual(255);
    expect(await client.get(`/receipts/${listed}`)).toContain(job.id);
  });

  test('cannot be written, renamed or removed', async () => {
    const path = `/receipts/users.csv.${jobId}.json`;
    const denied = 'This is not allowed here.';
    expect(await errorOf(client.put(path, 'x'))).toBe('Receipts can only be read.');
    expect(await errorOf(client.remove(path))).toBe(denied);
    expect(await errorOf(client.rename(path, '/users.csv'))).toBe(denied);
    expect(await errorOf(client.rename('/users.csv', path))).toBe(denied);
  });

  test.each(['users.csv.json', 'nothing.json', '.json', 'users.csv.00000000-0000-0000-0000-000000000000.json'])(
    'has no %s',
    async (name) => {
      expect(await errorOf(client.get(`/receipts/${name}`))).toBe('There is no such file.');
    },
  );

  test.each(['another credential of the tenant', 'another tenant'])('is not seen by %s', async (story) => {
    const isTenant = story === 'another tenant';
    const { tenant, token } = isTenant ? await door.account('other') : { ...account, token: await anotherToken() };
    const other = await sftpClient({ port: door.server.port, username: tenant.name, password: token });
    expect(await other.names('/receipts')).toEqual([]);
    expect(await other.names('/incoming')).toEqual([]);
    expect(await errorOf(other.get(`/receipts/users.csv.${jobId}.json`))).toBe('There is no such file.');
    await other.end();
  });
});

async function anotherToken(): Promise<string> {
  const wanted = { tenantId: account.tenant.id, name: 'second', scopes: ['upload'] as const };
  return (await issueToken(door.database.db, wanted)).token;
}
