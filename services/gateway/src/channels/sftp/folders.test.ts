import { describe, expect, test } from '@jest/globals';
import { addFeed } from '@rosterport/access';
import { inTransaction } from '@rosterport/database';
import type { Mode } from '@rosterport/domain';
import { doorUnderTest, until, type Account, type FoundJob } from './test/door-under-test.ts';
import { errorOf, sftpClient, type SftpClient } from './test/sftp-client.ts';

const door = doorUnderTest({ emptySeconds: 0.1, temporarySeconds: 0.1 });
let serial = 0;

/** A tenant with the feeds `default` (delta) and `weekly` (full), logged in; it logs out afterwards. */
async function loggedIn(work: (client: SftpClient, who: Account) => Promise<void>, mode?: Mode): Promise<void> {
  const who = await door.account(`tenant-${(serial += 1)}`);
  await inTransaction(door.database.db, (tx) => addFeed(tx, { tenantId: who.tenant.id, name: 'weekly', mode: 'full' }));
  if (mode !== undefined) await door.database.db.knex('credentials').where({ tenant_id: who.tenant.id }).update({ mode });
  const client = await sftpClient({ port: door.server.port, username: who.tenant.name, password: who.token });
  await work(client, who);
  await client.end();
}

const saidOf = ({ feed, mode, dry_run, folder }: FoundJob): object => ({ feed, mode, dryRun: dry_run, folder });

describe('the folder of an upload says what it is', () => {
  test.each<[string, object]>([
    ['/', { feed: 'default', mode: 'delta', dryRun: false, folder: '/' }],
    ['/incoming', { feed: 'default', mode: 'delta', dryRun: false, folder: '/' }],
    ['/delta', { feed: 'default', mode: 'delta', dryRun: false, folder: '/delta' }],
    ['/full', { feed: 'default', mode: 'full', dryRun: false, folder: '/full' }],
    ['/test', { feed: 'default', mode: 'delta', dryRun: true, folder: '/test' }],
    ['/feeds/weekly', { feed: 'weekly', mode: 'full', dryRun: false, folder: '/feeds/weekly' }],
    ['/feeds/weekly/incoming', { feed: 'weekly', mode: 'full', dryRun: false, folder: '/feeds/weekly' }],
    ['/feeds/weekly/delta', { feed: 'weekly', mode: 'delta', dryRun: false, folder: '/feeds/weekly/delta' }],
    ['/feeds/weekly/test', { feed: 'weekly', mode: 'full', dryRun: true, folder: '/feeds/weekly/test' }],
  ])('%s', async (folder, said) => {
    await loggedIn(async (client, who) => {
      await client.put(`${folder}/users.csv`, 'content');
      expect((await door.jobs(who)).map(saidOf)).toEqual([said]);
      expect(await client.names(folder)).toContain('users.csv');
      for (const other of ['/', '/full', '/test', '/feeds/weekly', '/feeds/weekly/full']) {
        const isSame = (said as { folder: string }).folder === other;
        expect([other, (await client.names(other)).includes('users.csv')]).toEqual([other, isSame]);
      }
    });
  });

  test('before the credential, and the credential before the feed', async () => {
    await loggedIn(async (client, who) => {
      await client.put('/users.csv', 'content');
      await client.put('/delta/users.csv', 'content');
      expect((await door.jobs(who)).map(({ mode }) => mode)).toEqual(['full', 'delta']);
    }, 'full');
  });

  test('to every session of the credential, also a later one', async () => {
    await loggedIn(async (client, who) => {
      await client.put('/full/users.csv', 'content');
      const later = await sftpClient({ port: door.server.port, username: who.tenant.name, password: who.token });
      expect(await later.names('/full')).toEqual(['users.csv']);
      expect(await later.names('/incoming')).toEqual([]);
      expect(await later.stat('/full/users.csv')).toMatchObject({ size: 7 });
      expect(await errorOf(later.stat('/users.csv'))).toBe('There is no such file.');
      await later.end();
    });
  });
});

describe('renaming', () => {
  test('from a temporary name decides the folder, also of another feed', async () => {
    await loggedIn(async (client, who) => {
      await client.put('/users.csv.part', 'content');
      await client.rename('/users.csv.part', '/feeds/weekly/delta/users.csv');
      expect((await door.jobs(who)).map(saidOf)).toEqual([{ feed: 'weekly', mode: 'delta', dryRun: false, folder: '/feeds/weekly/delta' }]);
      expect(await client.names('/incoming')).toEqual([]);
      expect(await client.names('/feeds/weekly/delta')).toEqual(['users.csv']);
    });
  });

  test('takes an empty file, which is not sealed yet, along', async () => {
    await loggedIn(async (client, who) => {
      await client.put('/users.csv', '');
      await client.rename('/users.csv', '/full/users.csv');
      await until(async () => (await door.jobs(who)).length === 1);
      expect((await door.jobs(who)).map(saidOf)).toEqual([{ feed: 'default', mode: 'full', dryRun: false, folder: '/full' }]);
    });
  });

  test('does not move a sealed file to another folder, but between the doors of one', async () => {
    await loggedIn(async (client, who) => {
      await client.put('/users.csv', 'content');
      expect(await errorOf(client.rename('/users.csv', '/full/users.csv'))).toContain('stays in its folder');
      expect(await errorOf(client.rename('/users.csv', '/feeds/weekly/users.csv'))).toContain('stays in its folder');
      await client.rename('/users.csv', '/incoming/people.csv');
      expect((await door.jobs(who)).map(({ file_name, folder }) => [file_name, folder])).toEqual([['people.csv', '/']]);
    });
  });

  test('of one name in two folders is of two files', async () => {
    await loggedIn(async (client, who) => {
      await client.put('/users.csv', 'one');
      await client.put('/full/users.csv', 'other');
      await client.remove('/full/users.csv');
      expect(await client.names('/incoming')).toEqual(['users.csv']);
      expect((await door.jobs(who)).map(({ state }) => state)).toEqual(['staged', 'discarded']);
    });
  });
});

describe('the folders', () => {
  test('of feeds are listed, and have the same folders below them', async () => {
    await loggedIn(async (client) => {
      expect(await client.names('/')).toEqual(['delta', 'feeds', 'full', 'incoming', 'receipts', 'test']);
      expect(await client.names('/feeds')).toEqual(['default', 'weekly']);
      expect(await client.names('/feeds/weekly')).toEqual(['delta', 'full', 'incoming', 'receipts', 'test']);
      expect(await client.names('/feeds/weekly/receipts')).toEqual([]);
      expect((await client.stat('/feeds/weekly/full')).isDirectory()).toBe(true);
    });
  });

  test.each(['/feeds/nightly', '/feeds/nightly/full', '/feeds/..weekly', '/feeds/WEEKLY'])('%s is not there', async (folder) => {
    await loggedIn(async (client, who) => {
      const missing = 'There is no such file.';
      expect(await errorOf(client.names(folder))).toBe(missing);
      expect(await errorOf(client.stat(folder))).toBe(missing);
      expect(await errorOf(client.put(`${folder}/users.csv`, 'content'))).toBe(missing);
      await client.put('/users.csv.part', 'content');
      expect(await errorOf(client.rename('/users.csv.part', `${folder}/users.csv`))).toBe(missing);
      expect(await door.jobs(who)).toEqual([]);
    });
  });

  test('show no feed of another tenant', async () => {
    await loggedIn(async (client) => {
      const other = await door.account(`tenant-${(serial += 1)}`);
      await inTransaction(door.database.db, (tx) => addFeed(tx, { tenantId: other.tenant.id, name: 'theirs' }));
      expect(await client.names('/feeds')).toEqual(['default', 'weekly']);
      expect(await errorOf(client.put('/feeds/theirs/users.csv', 'content'))).toBe('There is no such file.');
    });
  });

  test('take no files where they hold folders, and cannot be made or removed', async () => {
    await loggedIn(async (client) => {
      expect(await errorOf(client.put('/feeds/users.csv', 'content'))).toBe('There is no such file.');
      const told = (work: (done: (error: Error | null | undefined) => void) => void) => errorOf(new Promise<void>((done, fail) => work((error) => (error == null ? done() : fail(error)))));
      expect(await told((done) => client.sftp.mkdir('/feeds/weekly', done))).toBe('The folder exists.');
      expect(await told((done) => client.sftp.mkdir('/feeds/nightly', done))).toBe('Folders cannot be made here.');
      expect(await told((done) => client.sftp.rmdir('/feeds/weekly', done))).toBe('This is not allowed here.');
    });
  });
});

describe('the time that the client tells', () => {
  const time = 1_767_225_600;
  const setTime = (client: SftpClient, path: string) =>
    new Promise<void>((done, fail) => client.sftp.utimes(path, time, time, (error) => (error == null ? done() : fail(error))));

  test('before the seal goes with the file', async () => {
    await loggedIn(async (client, who) => {
      await client.put('/users.csv.part', 'content');
      await setTime(client, '/users.csv.part');
      await client.rename('/users.csv.part', '/users.csv');
      expect((await door.jobs(who)).map((job) => job.file_modified_at)).toEqual([new Date(time * 1000)]);
      expect(await client.stat('/users.csv')).toMatchObject({ mtime: time });
    });
  });

  test('after the seal goes with the job', async () => {
    await loggedIn(async (client, who) => {
      await client.put('/users.csv', 'content');
      expect((await door.jobs(who)).map((job) => job.file_modified_at)).toEqual([null]);
      await setTime(client, '/users.csv');
      expect((await door.jobs(who)).map((job) => job.file_modified_at)).toEqual([new Date(time * 1000)]);
    });
  });

  test('is listed in later sessions too, also when the job had ended before', async () => {
    await loggedIn(async (client, who) => {
      await client.put('/users.csv', 'content');
      await door.database.db.knex('jobs').where({ tenant_id: who.tenant.id }).update({ state: 'applied', finished_at: new Date() });
      await setTime(client, '/users.csv');
      await client.end();
      // What sessions remember is forgotten soon after the last of them.
      await new Promise((resolve) => setTimeout(resolve, 500));
      const later = await sftpClient({ port: door.server.port, username: who.tenant.name, password: who.token });
      expect(await later.stat('/users.csv')).toMatchObject({ mtime: time });
      await later.end();
    });
  });
});
