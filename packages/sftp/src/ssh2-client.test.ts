import { EventEmitter, once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import ssh2, { type Client, type SFTPWrapper } from 'ssh2';
import { MemoryFiles } from './test/memory-files.ts';
import { startSshServer, type SshServer } from './test/ssh-server.ts';

let files: MemoryFiles;
let server: SshServer;
let connection: Client;
let sftp: SFTPWrapper;
let folder: string;

beforeEach(async () => {
  files = new MemoryFiles();
  server = await startSshServer(files, { extensions: ['posix-rename@openssh.com', 'fsync@openssh.com', 'statvfs@openssh.com'] });
  connection = new ssh2.Client();
  connection.connect({ host: '127.0.0.1', port: server.port, username: 'acme', password: 'x' });
  await once(connection, 'ready');
  sftp = await new Promise((resolve, reject) => {
    connection.sftp((error, wrapper) => (error === undefined ? resolve(wrapper) : reject(error)));
  });
  folder = await mkdtemp(join(tmpdir(), 'sftp-'));
});

afterEach(async () => {
  connection.end();
  await server.stop();
  await rm(folder, { recursive: true });
});

/** Calls a method of the client as a promise. */
function call<T>(method: (done: (error: Error | null | undefined, value?: T) => void) => void): Promise<T> {
  return promisify(method)() as Promise<T>;
}

test('fastPut, rename over, stat, readdir, fastGet', async () => {
  const bytes = Buffer.alloc(3_000_001, 'row;of;a;file\n');
  const local = join(folder, 'users.csv');
  await writeFile(local, bytes);
  files.files.set('/users.csv', { bytes: Buffer.from('old'), modified: 0 });
  await call((done) => sftp.fastPut(local, '/users.csv.part', done));
  await call((done) => sftp.ext_openssh_rename('/users.csv.part', '/users.csv', done));
  expect(files.files.get('/users.csv')?.bytes.equals(bytes)).toBe(true);
  expect(files.log).toEqual(['open /users.csv.part', 'close /users.csv.part', 'rename /users.csv.part /users.csv']);
  const stats = await call<ssh2.Stats>((done) => sftp.stat('/users.csv', done));
  expect([stats.size, stats.isFile()]).toEqual([3_000_001, true]);
  const list = await call<ssh2.FileEntryWithStats[]>((done) => sftp.readdir('/', done));
  expect(list.map(({ filename, longname }) => [filename, longname])).toEqual([
    ['users.csv', '-rw-r-----    1 0        0         3000001 Jan  1  1970 users.csv'],
  ]);
  await call((done) => sftp.fastGet('/users.csv', `${local}.back`, done));
  expect((await readFile(`${local}.back`)).equals(bytes)).toBe(true);
});

test('append, times, folders, remove, canonical paths, refusals', async () => {
  await call((done) => sftp.writeFile('/a', 'one', done));
  await call((done) => sftp.appendFile('/a', 'two', done));
  await call((done) => sftp.utimes('/a', 5, 7, done));
  expect(files.files.get('/a')).toEqual({ bytes: Buffer.from('onetwo'), modified: 7 });
  await call((done) => sftp.mkdir('/d', done));
  await expect(call((done) => sftp.realpath('d/../a', done))).resolves.toBe('/a');
  await call((done) => sftp.rmdir('/d', done));
  await call((done) => sftp.unlink('/a', done));
  await expect(call((done) => sftp.stat('/a', done))).rejects.toMatchObject({ code: 2, message: 'There is no such file.' });
  await expect(call((done) => sftp.symlink('/a', '/b', done))).rejects.toMatchObject({ code: 8 });
});

test('a connection that breaks within a file gives the file up', async () => {
  const handle = await call<Buffer>((done) => sftp.open('/a', 'w', done));
  await call((done) => sftp.write(handle, Buffer.from('half'), 0, 4, 0, done));
  connection.destroy();
  await server.ended(1);
  expect(files.log).toEqual(['open /a', 'abandon /a disconnected']);
});

test('a connection that breaks while its WRITEs are stuck is noticed', async () => {
  let release = (): void => undefined;
  const stuck = new Promise<void>((resolve) => (release = resolve));
  const begun = new EventEmitter();
  files.beforeWrite = () => {
    begun.emit('write');
    return stuck;
  };
  const handle = await call<Buffer>((done) => sftp.open('/a', 'w', done));
  const first = once(begun, 'write');
  const block = Buffer.alloc(30_000);
  for (let at = 0; at < 200; at += 1) sftp.write(handle, block, 0, block.length, at * block.length, () => undefined);
  await first;
  connection.destroy();
  release();
  await server.ended(1);
  expect(files.log).toEqual(['open /a', 'abandon /a disconnected']);
});
