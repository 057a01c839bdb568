import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import ssh2 from 'ssh2';
import { MemoryFiles } from './test/memory-files.ts';
import { startSshServer, type SshServer } from './test/ssh-server.ts';

const run = promisify(execFile);

let files: MemoryFiles;
let server: SshServer;
let folder: string;

beforeEach(async () => {
  files = new MemoryFiles();
  server = await startSshServer(files, {
    extensions: ['posix-rename@openssh.com', 'fsync@openssh.com', 'limits@openssh.com', 'statvfs@openssh.com'],
  });
  folder = await mkdtemp(join(tmpdir(), 'sftp-'));
  await writeFile(join(folder, 'key'), ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 }).private, { mode: 0o600 });
  await writeFile(join(folder, 'users.csv'), Buffer.alloc(1_000_003, 'Name;Email\n'));
  await writeFile(join(folder, 'short.csv'), 'short');
});

afterEach(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

/** What both clients need to log in without a question and without the user's own settings. */
function login(): readonly string[] {
  const settings = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'IdentitiesOnly=yes', 'LogLevel=ERROR'];
  return ['-F', '/dev/null', '-i', join(folder, 'key'), '-P', String(server.port), ...settings.flatMap((line) => ['-o', line])];
}

/** A test of a program of this machine; where the program is missing, the test says so by its name. */
function testWith(program: string, name: string, body: () => Promise<void>): void {
  if (existsSync(program)) test(`${program}: ${name}`, body);
  else test.skip(`${program} is not installed: ${name}`, body);
}

testWith('/usr/bin/sftp', 'put, list, rename over, resume, df, get, and exit 0', async () => {
  const batch = [
    'put users.csv /incoming.part',
    'rename /incoming.part /users.csv',
    'put -p short.csv /other.csv',
    'rename /other.csv /users.csv',
    'put -f users.csv /synced.csv',
    'mkdir /d',
    'ls -l /',
    'df /',
    'get /synced.csv back.csv',
    'put short.csv /resumed.csv',
    'reput users.csv /resumed.csv',
  ];
  await writeFile(join(folder, 'batch'), `${batch.join('\n')}\n`);
  const { stdout } = await run('/usr/bin/sftp', [...login(), '-b', 'batch', 'acme@127.0.0.1'], { cwd: folder });
  expect(stdout).toContain('-rw-r-----    1 0        0         1000003 Jan  1  1970 synced.csv');
  expect(stdout).toContain('75%');
  const local = await readFile(join(folder, 'users.csv'));
  expect(files.files.get('/users.csv')?.bytes.toString()).toBe('short');
  expect(files.files.get('/synced.csv')?.bytes.equals(local)).toBe(true);
  expect((await readFile(join(folder, 'back.csv'))).equals(local)).toBe(true);
  expect(files.files.get('/resumed.csv')?.bytes.subarray(5).equals(local.subarray(5))).toBe(true);
  expect(files.log).toContain('sync /synced.csv');
  await server.ended(1);
  expect(server.ends).toEqual(['eof']);
});

testWith('/usr/bin/scp', 'a shorter file over a longer one, and exit 0', async () => {
  files.files.set('/users.csv', { bytes: Buffer.from('what was here before'), modified: 0 });
  await run('/usr/bin/scp', [...login(), 'short.csv', 'acme@127.0.0.1:/users.csv'], { cwd: folder });
  expect(files.files.get('/users.csv')?.bytes.toString()).toBe('short');
  expect(files.log).toEqual(['open /users.csv', 'fsetstat /users.csv', 'close /users.csv']);
  await server.ended(1);
  expect(server.ends).toEqual(['eof']);
});

testWith('/usr/bin/sftp', 'a refused file ends with an error', async () => {
  files.beforeWrite = () => Promise.reject(new Error('disk'));
  await writeFile(join(folder, 'batch'), 'put users.csv /users.csv\n');
  const refused = run('/usr/bin/sftp', [...login(), '-b', 'batch', 'acme@127.0.0.1'], { cwd: folder });
  await expect(refused).rejects.toMatchObject({ code: 1 });
  expect(files.log).toEqual(['open /users.csv', 'abandon /users.csv writeFailed']);
});
