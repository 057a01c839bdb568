import { beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { connect as connectSocket } from 'node:net';
import { join } from 'node:path';
import { ensureHostKeys } from '../../host-keys.ts';
import { openSftp } from './open-sftp.ts';
import { doorUnderTest, until, type Account } from './test/door-under-test.ts';
import { errorOf, sftpClient, type SftpClient } from './test/sftp-client.ts';

const door = doorUnderTest();
let serial = 0;
let account: Account;

beforeAll(async () => {
  account = await fresh();
});

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

describe('an upload', () => {
  test('is a job when CLOSE is answered, and can be seen but not read', async () => {
    const client = await log(account);
    await client.put('/users.csv', 'a;b\n1;2\n');
    expect(await door.jobs(account)).toMatchObject([{ file_name: 'users.csv', state: 'staged', size: 8 }]);
    expect(await client.stat('/users.csv')).toMatchObject({ size: 8 });
    expect(await client.stat('/incoming/users.csv')).toMatchObject({ size: 8 });
    expect(await client.names('/')).toEqual(['delta', 'feeds', 'full', 'incoming', 'receipts', 'test', 'users.csv']);
    expect(await client.names('/incoming')).toEqual(['users.csv']);
    expect(await errorOf(client.get('/users.csv'))).toContain('Uploads cannot be read.');
    await client.end();
    const later = await log(account);
    expect(await later.stat('/incoming/users.csv')).toMatchObject({ size: 8 });
    await later.end();
  });

  test.each([
    ['/incoming/a.csv', 'a.csv'],
    ['/delta/b.csv', 'b.csv'],
    ['c.csv', 'c.csv'],
    ['/incoming/../d é.csv', 'd é.csv'],
  ])('to %s is a job named %s', async (path, name) => {
    const who = await fresh();
    const client = await log(who);
    await client.put(path, 'x');
    await client.end();
    expect(await names(who)).toEqual([name]);
  });

  test.each([
    ['/elsewhere/a.csv', 'There is no such file.'],
    ['/receipts/a.json', 'Receipts can only be read.'],
    ['/incoming', 'This is a folder.'],
    ['/a\\b.csv', 'The file name cannot be used: it contains a slash or backslash.'],
    ['/a\tb.csv', 'The file name cannot be used: it contains a control character.'],
  ])('to %s is refused', async (path, sentence) => {
    const client = await log(account);
    expect(await errorOf(client.put(path, 'x'))).toBe(sentence);
    await client.end();
  });

  test('arrives in any order of its pieces', async () => {
    const who = await fresh();
    const client = await log(who);
    const handle = await client.open('/a.csv', 'w');
    await client.write(handle, 'defghi', 3);
    await client.write(handle, 'abc', 0);
    await client.closeHandle(handle);
    const [job] = await door.jobs(who);
    const sealed = await door.context.staging.open(job!.id as never);
    expect(Buffer.from(await sealed.read(0, 100)).toString()).toBe('abcdefghi');
    await sealed.close();
    await client.end();
  });

  test('with a hole is refused, and then there is no such file', async () => {
    const who = await fresh();
    const client = await log(who);
    await client.put('/a.csv', 'whole');
    const handle = await client.open('/a.csv', 'r+');
    await client.write(handle, 'tail', 5);
    expect(await errorOf(client.closeHandle(handle))).toBe('The upload ended before all of its bytes had arrived.');
    expect(await errorOf(client.stat('/a.csv'))).toBe('There is no such file.');
    expect(await names(who)).toEqual(['a.csv']);
    await client.put('/a.csv', 'again');
    expect(await client.stat('/a.csv')).toMatchObject({ size: 5 });
    await client.end();
  });

  test('beyond the limit is refused, and then there is no such file', async () => {
    const who = await fresh();
    const client = await log(who);
    const sentence = 'The file is larger than the 5000000 bytes that are allowed here.';
    expect(await errorOf(client.put('/big.csv', randomBytes(5_000_001)))).toBe(sentence);
    expect(await errorOf(client.stat('/big.csv'))).toBe('There is no such file.');
    await client.end();
    expect(await door.jobs(who)).toEqual([]);
  });

  test('again under its name is another job; the newest one is seen', async () => {
    const who = await fresh();
    const client = await log(who);
    await client.put('/a.csv', 'longer content');
    await client.put('/a.csv', 'short', 'r+');
    expect(await client.stat('/a.csv')).toMatchObject({ size: 5 });
    expect(await errorOf(client.put('/a.csv', 'x', 'wx'))).toBe('The file exists.');
    expect(await errorOf(client.put('/a.csv', 'x', 'a'))).toBe('The file cannot be continued; send all of it again.');
    await client.end();
    expect((await door.jobs(who)).map(({ size }) => size)).toEqual([14, 5]);
  });

  test('and another one of the same name at once are two jobs', async () => {
    const who = await fresh();
    const [one, other] = await Promise.all([log(who), log(who)]);
    const first = await one.open('/a.csv', 'w');
    const second = await other.open('/a.csv', 'w');
    await Promise.all([one.write(first, '1'), other.write(second, '22')]);
    expect(await one.stat('/a.csv')).toMatchObject({ size: 2 });
    await Promise.all([one.closeHandle(first), other.closeHandle(second)]);
    await Promise.all([one.end(), other.end()]);
    expect((await door.jobs(who)).map(({ size }) => size).sort()).toEqual([1, 2]);
  });

  test('that its sender breaks off is no job', async () => {
    const who = await fresh();
    const client = await log(who);
    await client.write(await client.open('/a.csv', 'w'), 'half');
    const partial = join(door.folder, 'staging', 'partial');
    await client.drop();
    await until(async () => (await readdir(partial)).some((name) => name.endsWith('.note')));
    expect(await door.jobs(who)).toEqual([]);
    const later = await log(who);
    await later.remove('/a.csv');
    expect(await errorOf(later.stat('/a.csv'))).toBe('There is no such file.');
    expect(await readdir(partial)).toEqual([]);
    await later.end();
  });

  test('that is cut to size before CLOSE has that size', async () => {
    const who = await fresh();
    const client = await log(who);
    const handle = await client.open('/a.csv', 'r+').catch(() => client.open('/a.csv', 'w'));
    await client.write(handle, '0123456789');
    await new Promise<void>((resolve, reject) => {
      client.sftp.fsetstat(handle, { size: 4 }, (error) => (error ? reject(error) : resolve()));
    });
    await client.closeHandle(handle);
    expect(await client.stat('/a.csv')).toMatchObject({ size: 4 });
    await client.end();
    expect((await door.jobs(who)).map(({ size }) => size)).toEqual([4]);
  });
});

describe('the door', () => {
  test('refuses to make and remove folders', async () => {
    const client = await log(account);
    const made = (path: string): Promise<string> =>
      new Promise((resolve) => client.sftp.mkdir(path, (error) => resolve(error?.message ?? 'fine')));
    expect([await made('/incoming'), await made('/other')]).toEqual(['The folder exists.', 'Folders cannot be made here.']);
    expect(await errorOf(client.remove('/incoming'))).toBe('This is not allowed here.');
    expect(await errorOf(client.list('/other'))).toBe('There is no such file.');
    await client.end();
  });

  test('lets uploads in hand come to their end when it closes, and begins no other', async () => {
    const who = await fresh();
    const { keys } = await ensureHostKeys(join(door.folder, 'ssh'));
    const server = await openSftp(door.context, { port: 0, host: '127.0.0.1', hostKeys: keys, limitBytes: 1000 });
    const client = await sftpClient({ port: server.port, username: who.tenant.name, password: who.token });
    const handle = await client.open('/a.csv', 'w');
    const closing = server.close();
    expect(await errorOf(client.open('/b.csv', 'w'))).toBe('The server is stopping.');
    await client.write(handle, 'content');
    await client.closeHandle(handle);
    await closing;
    expect(await names(who)).toEqual(['a.csv']);
    expect(server.sessions).toBe(0);
  });

  test('says which setting chooses the port when it is taken', async () => {
    const options = { port: door.server.port, host: '127.0.0.1', hostKeys: [], limitBytes: 1 };
    await expect(openSftp(door.context, options)).rejects.toMatchObject({
      code: 'portTaken',
      hint: 'Stop that program, or choose another port with ROSTERPORT_SFTP_PORT.',
    });
  });

  test.each([
    ['another protocol', 'GET / HTTP/1.1\r\n\r\n'],
    ['a broken packet', 'SSH-2.0-x\r\n\xff\xff\xff\xff\xff\xff\xff\xff'],
    ['zeros', '\0'.repeat(70_000)],
  ])('outlives %s', async (_story, bytes) => {
    const socket = connectSocket(door.server.port, '127.0.0.1');
    socket.on('error', () => undefined);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.resume();
    socket.write(bytes, 'latin1');
    await closed;
    const client = await log(account);
    await client.end();
  });
});
