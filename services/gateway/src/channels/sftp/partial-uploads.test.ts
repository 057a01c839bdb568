import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { doorUnderTest, until, type Account, type FoundJob } from './test/door-under-test.ts';
import { errorOf, sftpClient, type SftpClient } from './test/sftp-client.ts';
import type { JobId } from '@rosterport/domain';
import type { PartialNote } from '@rosterport/staging';

const door = doorUnderTest({ emptySeconds: 0.1, takeOverSeconds: 0, pace: { bytes: 5, seconds: 600 } });
let serial = 0;

const fresh = (): Promise<Account> => door.account(`tenant-${(serial += 1)}`);
const log = (who: Account): Promise<SftpClient> => sftpClient({ port: door.server.port, username: who.tenant.name, password: who.token });

/** Writes so much, breaks the connection off, and comes back once the door has noticed. */
async function broken(who: Account, path: string, content: string): Promise<SftpClient> {
  const client = await log(who);
  await client.write(await client.open(path, 'w'), content);
  await client.drop();
  await until(() => door.server.sessions === 0);
  return log(who);
}

async function contentOf({ id }: FoundJob): Promise<string> {
  const file = await door.context.staging.open(id as JobId);
  const bytes = await file.read(0, 1000);
  await file.close();
  return Buffer.from(bytes).toString();
}

describe('an upload that broke off', () => {
  test.each<[string, 'a' | 'r+', number]>([
    ['with APPEND, whatever the offset', 'a', 0],
    ['with an offset', 'r+', 3],
  ])('tells its size and is gone on with %s', async (_, flags, offset) => {
    const who = await fresh();
    const client = await broken(who, '/a.csv', 'abc');
    expect(await door.jobs(who)).toEqual([]);
    expect(await client.stat('/a.csv')).toMatchObject({ size: 3 });
    const [listed] = await client.list('/incoming');
    expect(listed).toMatchObject({ filename: 'a.csv', attrs: { size: 3 } });
    expect(listed?.longname).toMatch(/^--w------- +1 partial +[0-9a-f]{8} +3 /);
    const handle = await client.open('/a.csv', flags);
    await client.write(handle, 'def', offset);
    await client.closeHandle(handle);
    await client.end();
    const jobs = await door.jobs(who);
    expect(jobs).toMatchObject([{ file_name: 'a.csv', size: 6 }]);
    expect(await contentOf(jobs[0]!)).toBe('abcdef');
  });

  test.each<[string, 'w' | 'r+']>([
    ['is begun anew with TRUNC', 'w'],
    ['leaves nothing of itself behind a shorter file written from the start', 'r+'],
  ])('%s', async (_, flags) => {
    const who = await fresh();
    const client = await broken(who, '/a.csv', 'abcdef');
    await client.put('/a.csv', 'xy', flags);
    await client.end();
    const jobs = await door.jobs(who);
    expect(jobs).toMatchObject([{ size: 2 }]);
    expect(await contentOf(jobs[0]!)).toBe('xy');
    expect(door.context.staging.expiredPartials()).toEqual([]);
  });

  test('is removed, and is no job by a rename to a real name', async () => {
    const who = await fresh();
    const client = await broken(who, '/a.csv.part', 'abc');
    expect(await errorOf(client.rename('/a.csv.part', '/a.csv'))).toBe('The upload ended before all of its bytes had arrived.');
    await client.rename('/a.csv.part', '/b.csv.part');
    expect(await client.names('/incoming')).toEqual(['b.csv.part']);
    await client.remove('/b.csv.part');
    expect(await errorOf(client.stat('/b.csv.part'))).toBe('There is no such file.');
    await client.end();
    expect(await door.jobs(who)).toEqual([]);
  });

  test('is not seen by another tenant, and not behind a file that was accepted after it', async () => {
    const who = await fresh();
    const client = await broken(who, '/a.csv', 'abc');
    const other = await log(await fresh());
    expect(await other.names('/incoming')).toEqual([]);
    await other.end();
    await client.put('/b.csv.part', 'whole');
    await client.rename('/b.csv.part', '/a.csv');
    expect(await client.stat('/a.csv')).toMatchObject({ size: 5 });
    await client.end();
    expect(await door.jobs(who)).toMatchObject([{ file_name: 'a.csv', size: 5 }]);
  });

  test('keeps only what has no gap', async () => {
    const who = await fresh();
    const client = await log(who);
    const handle = await client.open('/a.csv', 'w');
    await client.write(handle, 'abc');
    await client.write(handle, 'xyz', 9);
    await client.drop();
    await until(() => door.server.sessions === 0);
    const later = await log(who);
    expect(await later.stat('/a.csv')).toMatchObject({ size: 3 });
    await later.end();
  });
});

test('an upload that stands still in a session which may be dead is gone on with by the next one', async () => {
  const who = await fresh();
  const dead = await log(who);
  const handle = await dead.open('/a.csv', 'w');
  await dead.write(handle, 'abc');
  const client = await log(who);
  expect(await client.stat('/a.csv')).toMatchObject({ size: 3 });
  const rest = await client.open('/a.csv', 'a');
  await client.write(rest, 'def');
  await expect(dead.write(handle, 'xyz', 3)).rejects.toThrow();
  await expect(dead.closeHandle(handle)).rejects.toThrow();
  await client.closeHandle(rest);
  await dead.end();
  await client.end();
  const jobs = await door.jobs(who);
  expect(jobs).toMatchObject([{ file_name: 'a.csv', size: 6 }]);
  expect(await contentOf(jobs[0]!)).toBe('abcdef');
});

test('a handle on an accepted file that does nothing makes no job, and shows its size', async () => {
  const who = await fresh();
  const client = await log(who);
  await client.put('/a.csv', 'content');
  const handle = await client.open('/a.csv', 'r+');
  const size = await new Promise((resolve, reject) => client.sftp.fstat(handle, (error, found) => (error ? reject(error) : resolve(found.size))));
  expect(size).toBe(7);
  await client.closeHandle(handle);
  expect(await client.stat('/a.csv')).toMatchObject({ size: 7 });
  await client.end();
  expect(await door.jobs(who)).toHaveLength(1);
});

test('what has arrived of an upload that goes on is safe from the end of the process, until it is sealed', async () => {
  const who = await fresh();
  const partial = join(door.folder, 'staging', 'partial');
  const notes = async (): Promise<readonly PartialNote[]> => {
    const names = (await readdir(partial)).filter((name) => name.endsWith('.note'));
    const all = await Promise.all(names.map(async (name) => JSON.parse(await readFile(join(partial, name), 'utf8')) as PartialNote));
    return all.filter(({ tenantId }) => tenantId === who.tenant.id);
  };
  const client = await log(who);
  const handle = await client.open('/a.csv', 'w');
  await client.write(handle, 'abc');
  await client.write(handle, 'def', 3);
  await client.write(handle, 'xyz', 9);
  await until(async () => (await notes()).length > 0);
  expect(await notes()).toMatchObject([{ folder: '/', fileName: 'a.csv', size: 6, isClosed: false }]);
  await client.write(handle, 'ghi', 6);
  await client.closeHandle(handle);
  await client.end();
  expect(await notes()).toEqual([]);
  const jobs = await door.jobs(who);
  expect(await contentOf(jobs[0]!)).toBe('abcdefghixyz');
});
