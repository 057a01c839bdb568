import { describe, expect, test } from '@jest/globals';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { doorUnderTest, until, type Account } from './test/door-under-test.ts';
import { errorOf, sftpClient, type SftpClient } from './test/sftp-client.ts';

const door = doorUnderTest({ emptySeconds: 0.2, temporarySeconds: 0.1 });
let serial = 0;

async function fresh(): Promise<Account> {
  serial += 1;
  return door.account(`tenant-${serial}`);
}

function log(who: Account): Promise<SftpClient> {
  return sftpClient({ port: door.server.port, username: who.tenant.name, password: who.token });
}

async function names(who: Account): Promise<readonly string[]> {
  return (await door.jobs(who)).map((job) => job.file_name);
}

describe('a temporary name', () => {
  test.each(['a.csv.filepart', 'a.csv.part', '.in.a.csv.', 'a.csv.1a2b.partial', 'a.csv.tmp'])(
    '%s becomes a job at the rename',
    async (temporary) => {
      const who = await fresh();
      const client = await log(who);
      await client.put(`/${temporary}`, 'content');
      expect(await client.stat(`/${temporary}`)).toMatchObject({ size: 7 });
      expect(await door.jobs(who)).toEqual([]);
      await client.rename(`/${temporary}`, '/a.csv');
      expect(await names(who)).toEqual(['a.csv']);
      expect(await client.names('/incoming')).toEqual(['a.csv']);
      await client.end();
    },
  );

  test('may be renamed over an accepted file, by another session, with posix-rename', async () => {
    const who = await fresh();
    const [one, other] = await Promise.all([log(who), log(who)]);
    await one.put('/a.csv', 'old');
    await one.put('/a.csv.part', 'newer');
    await other.posixRename('/a.csv.part', '/a.csv');
    expect(await one.stat('/a.csv')).toMatchObject({ size: 5 });
    await Promise.all([one.end(), other.end()]);
    expect((await door.jobs(who)).map(({ size }) => size)).toEqual([3, 5]);
  });

  test('that is never renamed is left on disk after its session, and gets its name from a later one', async () => {
    const who = await fresh();
    const client = await log(who);
    await client.put('/a.csv.part', 'content');
    await client.put('/b.csv.part', 'content');
    await client.remove('/b.csv.part');
    expect(await errorOf(client.rename('/b.csv.part', '/b.csv'))).toBe('There is no such file.');
    await client.end();
    await until(async () => (await readdir(join(door.folder, 'staging', 'partial'))).some((name) => name.endsWith('.note')));
    expect(await door.jobs(who)).toEqual([]);
    const later = await log(who);
    expect(await later.names('/incoming')).toEqual(['a.csv.part']);
    await later.rename('/a.csv.part', '/a.csv');
    await later.end();
    expect(await door.jobs(who)).toMatchObject([{ file_name: 'a.csv', size: 7 }]);
  });
});

describe('an empty file', () => {
  test('that is opened again becomes one job', async () => {
    const who = await fresh();
    const client = await log(who);
    await client.put('/a.csv', '', 'wx');
    await client.put('/a.csv', 'content', 'r+');
    await client.end();
    expect(await door.jobs(who)).toMatchObject([{ file_name: 'a.csv', size: 7 }]);
  });

  test.each([
    ['is left alone', false],
    ['is followed by the end of the session', true],
  ])('that %s becomes a job', async (_story, ends) => {
    const who = await fresh();
    const client = await log(who);
    await client.put('/a.csv', '');
    if (ends) await client.end();
    await until(async () => (await door.jobs(who)).length === 1);
    expect(await door.jobs(who)).toMatchObject([{ file_name: 'a.csv', size: 0 }]);
    if (!ends) await client.end();
  });
});

describe('after CLOSE', () => {
  test('RENAME only renames the job', async () => {
    const who = await fresh();
    const client = await log(who);
    await client.put('/a.csv', 'content');
    await client.put('/b.csv', 'other');
    await client.rename('/a.csv', '/b.csv');
    expect(await client.stat('/b.csv')).toMatchObject({ size: 7 });
    expect(await errorOf(client.stat('/a.csv'))).toBe('There is no such file.');
    expect(await names(who)).toEqual(['b.csv', 'b.csv']);
    await client.end();
  });

  test('REMOVE takes a job back that was not begun', async () => {
    const who = await fresh();
    const client = await log(who);
    await client.put('/a.csv', 'content');
    await client.remove('/a.csv');
    expect(await door.jobs(who)).toMatchObject([{ state: 'discarded' }]);
    expect(await errorOf(client.stat('/a.csv'))).toBe('There is no such file.');
    expect(await errorOf(client.remove('/a.csv'))).toBe('There is no such file.');
    await client.end();
    const [job] = await door.jobs(who);
    await expect(door.context.staging.open(job!.id as never)).rejects.toMatchObject({ code: 'stagedFileMissing' });
  });

  test('REMOVE of a job that was begun only hides the file', async () => {
    const who = await fresh();
    const client = await log(who);
    await client.put('/a.csv', 'content');
    await door.database.db.pool.query(`update jobs set state = 'processing', attempts = 1 where tenant_id = $1`, [who.tenant.id]);
    await client.remove('/a.csv');
    expect(await client.names('/incoming')).toEqual([]);
    await client.end();
    expect(await door.jobs(who)).toMatchObject([{ state: 'processing' }]);
  });

  test('SETSTAT keeps the time for the listing, and the job stays one', async () => {
    const who = await fresh();
    const client = await log(who);
    await client.put('/a.csv', 'content');
    await new Promise<void>((resolve, reject) => {
      client.sftp.utimes('/a.csv', 1_000_000, 1_000_000, (error) => (error ? reject(error) : resolve()));
    });
    expect(await client.stat('/a.csv')).toMatchObject({ size: 7, mtime: 1_000_000 });
    await client.end();
    expect(await door.jobs(who)).toHaveLength(1);
  });
});
