import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { addKey } from '@rosterport/access';
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { ensureHostKeys } from '../../host-keys.ts';
import type { SftpLimits } from '../../limits/sftp-limits.ts';
import { openSftp, type SftpServer } from './open-sftp.ts';
import { doorUnderTest, until, type Account } from './test/door-under-test.ts';
import { sftpClient } from './test/sftp-client.ts';

const door = doorUnderTest();
const piece = randomBytes(1_000_000);
/** What is on its way when an exchange begins, 2 MiB at most, does not bring the next one nearer. */
const content = Buffer.concat(Array.from({ length: 48 }, () => piece));
const digest = createHash('sha256').update(content).digest('hex');
let hostKeys: readonly string[];
let server: SftpServer;
let serial = 0;
let account: Account;

beforeAll(async () => {
  hostKeys = (await ensureHostKeys(join(door.folder, 'ssh'))).keys;
  await writeFile(join(door.folder, 'users.csv'), content);
});

afterEach(() => server.close());

async function open(limits: Partial<SftpLimits>): Promise<void> {
  server = await openSftp(door.context, { port: 0, host: '127.0.0.1', hostKeys, limitBytes: 50_000_000, limits, closeSeconds: 0 });
  account = await door.account(`tenant-${(serial += 1)}`);
}

async function digests(): Promise<readonly string[]> {
  const { rows } = await door.database.db.pool.query<{ sha256: string }>('select sha256 from jobs where tenant_id = $1', [account.tenant.id]);
  return rows.map(({ sha256 }) => sha256);
}

async function enter() {
  return sftpClient({ port: server.port, username: account.tenant.name, password: account.token });
}

describe('keys are exchanged again by the server', () => {
  test('by bytes, twenty times within an upload of ssh2, and the file is whole', async () => {
    await open({ rekeyBytes: 200_000 });
    const client = await enter();
    let exchanges = 0;
    client.ssh.on('handshake', () => (exchanges += 1));
    await client.put('/users.csv', content);
    await client.end();
    expect(await digests()).toEqual([digest]);
    expect(exchanges).toBeGreaterThanOrEqual(20);
  });

  test('by time, while nothing else is said', async () => {
    await open({ rekeyMs: 200 });
    const client = await enter();
    let exchanges = 0;
    client.ssh.on('handshake', () => (exchanges += 1));
    await until(() => exchanges >= 3);
    await client.put('/users.csv', 'a;b\n');
    await client.end();
    expect(await digests()).toHaveLength(1);
  });

  test('and a client that does not take part is cut', async () => {
    await open({ rekeyMs: 200, loginGraceMs: 3_000 });
    const client = await enter();
    (client.ssh as unknown as { readonly _sock: NodeJS.ReadableStream })._sock.pause();
    await until(async () => (await door.context.metrics.text()).includes('rosterport_connections_cut_total{reason="noKeyExchange"} 1'));
    client.ssh.destroy();
  });

  const program = '/usr/bin/sftp';
  const withOpenSsh = existsSync(program) ? test : test.skip;
  withOpenSsh.each([
    ['aes128-gcm@openssh.com', []],
    ['chacha20-poly1305@openssh.com', []],
    ['aes128-ctr', []],
    ['aes128-ctr', ['-o', 'MACs=hmac-sha2-256']],
    ['aes128-gcm@openssh.com', ['-o', 'RekeyLimit=5M']],
  ])('within an upload of OpenSSH (%s, %j), and the file is whole', async (cipher, more) => {
    await open({ rekeyBytes: 200_000 });
    const pair = ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 });
    await addKey(door.database.db, { tenantId: account.tenant.id, name: 'key', scopes: ['upload'], publicKey: pair.public });
    const file = (name: string): string => join(door.folder, `${serial}-${name}`);
    await writeFile(file('id'), pair.private, { mode: 0o600 });
    await writeFile(file('batch'), `put ${join(door.folder, 'users.csv')} /users.csv\nls -l /\n`);
    const anyHost = ['-o', 'UserKnownHostsFile=/dev/null', '-o', 'StrictHostKeyChecking=no'];
    const options = ['-v', '-F', '/dev/null', '-o', 'BatchMode=yes', '-o', 'IdentitiesOnly=yes', ...anyHost, '-i', file('id'), '-c', cipher, ...more];
    const said = await new Promise<string>((resolve, reject) => {
      const args = [...options, '-b', file('batch'), '-P', String(server.port), `${account.tenant.name}@127.0.0.1`];
      execFile(program, args, { timeout: 60_000, killSignal: 'SIGKILL' }, (error, out, err) => (error === null ? resolve(out + err) : reject(new Error(out + err))));
    });
    expect(await digests()).toEqual([digest]);
    expect(said.match(/SSH2_MSG_KEXINIT received/g)?.length).toBeGreaterThanOrEqual(20);
  });
});
