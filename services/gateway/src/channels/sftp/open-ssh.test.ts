import { beforeAll, describe, expect, test } from '@jest/globals';
import { addKey } from '@rosterport/access';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { ensureHostKeys } from '../../host-keys.ts';
import { doorUnderTest, type Account } from './test/door-under-test.ts';

/** The real clients; a machine without them says so by the names of the skipped tests. */
const clients = ['sftp', 'scp', 'ssh'].map((name) => join('/usr/bin', name));
const missing = clients.filter((path) => !existsSync(path));
const withClients = missing.length === 0 ? describe : describe.skip;

interface Outcome {
  /** -1 for one that did not end by itself. */
  readonly code: number;
  readonly text: string;
}

withClients(`OpenSSH${missing.length === 0 ? '' : ` (not installed: ${missing.join(', ')})`}`, () => {
  const door = doorUnderTest();
  const file = (name: string): string => join(door.folder, name);
  let serial = 0;
  let account: Account;
  let options: readonly string[];

  beforeAll(async () => {
    const pair = ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 });
    await writeFile(file('id'), pair.private, { mode: 0o600 });
    await writeFile(file('key.pub'), pair.public);
    await writeFile(file('users.csv'), 'a;b\n'.repeat(50_000));
    await writeFile(file('short.csv'), 'a;b\n');
    await writeFile(file('none.csv'), '');
    const { keys } = await ensureHostKeys(file('ssh'));
    const known = keys.map((text) => {
      const key = ssh2.utils.parseKey(text) as ssh2.ParsedKey;
      return `[127.0.0.1]:${door.server.port} ${key.type} ${key.getPublicSSH().toString('base64')}\n`;
    });
    await writeFile(file('known_hosts'), known.join(''));
    options = ['-F', '/dev/null', '-o', `UserKnownHostsFile=${file('known_hosts')}`, '-o', 'StrictHostKeyChecking=yes'].concat([
      ...['-o', 'BatchMode=yes', '-o', 'IdentitiesOnly=yes', '-i', file('id')],
    ]);
  });

  /** Each test has a tenant of its own, whose jobs it counts. */
  async function begin(): Promise<string> {
    serial += 1;
    account = await door.account(`tenant-${serial}`);
    const publicKey = await readFile(file('key.pub'), 'utf8');
    await addKey(door.database.db, { tenantId: account.tenant.id, name: 'key', scopes: ['upload'], publicKey });
    return `${account.tenant.name}@127.0.0.1`;
  }

  function run(program: string, args: readonly string[]): Promise<Outcome> {
    return new Promise((resolve) => {
      const settings = { timeout: 20_000, killSignal: 'SIGKILL' } as const;
      execFile(`/usr/bin/${program}`, [...options, ...args], settings, (error, out, err) => {
        resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, text: out + err });
      });
    });
  }

  async function batch(lines: readonly string[]): Promise<Outcome> {
    const user = await begin();
    await writeFile(file('batch'), `${lines.join('\n')}\n`);
    return run('sftp', ['-b', file('batch'), '-P', String(door.server.port), user]);
  }

  const sizes = async (): Promise<readonly number[]> => (await door.jobs(account)).map(({ size }) => size);

  test.each([
    ['put', (local: string) => [`put ${local}/users.csv`], [200_000]],
    ['put -p', (local: string) => [`put -p ${local}/users.csv /incoming/`], [200_000]],
    ['put -f', (local: string) => [`put -f ${local}/users.csv`], [200_000]],
    ['put over a longer file', (local: string) => [`put ${local}/users.csv a.csv`, `put ${local}/short.csv a.csv`], [200_000, 4]],
    ['put and rename', (local: string) => [`put ${local}/users.csv a.part`, 'rename a.part a.csv', 'ls -l a.csv'], [200_000]],
    ['put of nothing', (local: string) => [`put ${local}/none.csv`], [0]],
    ['chmod and ls', (local: string) => [`put ${local}/short.csv`, 'chmod 600 short.csv', 'ls -l', 'df'], [4]],
  ])('sftp -b: %s', async (_story, lines, expected) => {
    expect(await batch(lines(door.folder))).toMatchObject({ code: 0 });
    expect(await sizes()).toEqual(expected);
  });

  test('sftp -b: ls shows the file with its size', async () => {
    const { text } = await batch([`put ${file('users.csv')}`, 'ls -ln']);
    expect(text).toMatch(/--w-------.* 200000 .*users\.csv/);
    expect(text).toMatch(/dr-x------.*receipts/);
  });

  test.each([
    ['get of an upload', ['put {}/short.csv', 'get short.csv {}/back.csv']],
    ['mkdir', ['mkdir folder']],
    ['put into /receipts', ['put {}/short.csv /receipts/']],
  ])('sftp -b: %s fails and does not hang', async (_story, lines) => {
    expect(await batch(lines.map((line) => line.replaceAll('{}', door.folder)))).toMatchObject({ code: 1 });
  });

  test('scp sends a file, and a shorter one over it', async () => {
    const user = await begin();
    const port = ['-P', String(door.server.port)];
    expect(await run('scp', [...port, file('users.csv'), `${user}:/a.csv`])).toEqual({ code: 0, text: '' });
    expect(await run('scp', [...port, '-p', file('short.csv'), `${user}:/a.csv`])).toEqual({ code: 0, text: '' });
    expect(await run('scp', [...port, file('short.csv'), `${user}:/incoming/`])).toEqual({ code: 0, text: '' });
    expect(await sizes()).toEqual([200_000, 4, 4]);
  });

  test('scp -O and commands are told what to use', async () => {
    const user = await begin();
    const port = String(door.server.port);
    const old = await run('scp', ['-O', '-P', port, file('short.csv'), `${user}:/a.csv`]);
    expect(old.code).not.toBe(0);
    expect(old.text).toContain('This server speaks SFTP only.');
    expect(await run('ssh', ['-p', port, user, 'md5sum', 'a.csv'])).toMatchObject({ code: 1 });
    expect(await sizes()).toEqual([]);
  });
});
