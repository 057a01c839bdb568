import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { issueToken, listBans } from '@rosterport/access';
import { readNetworks, type Networks } from '@rosterport/runtime';
import { join } from 'node:path';
import { ensureHostKeys } from '../../host-keys.ts';
import { openDoorkeeper, type Doorkeeper, type DoorkeeperOptions } from '../../limits/doorkeeper.ts';
import { openSftp, type SftpOptions, type SftpServer } from './open-sftp.ts';
import { doorUnderTest, until, type Account } from './test/door-under-test.ts';
import { localHeader, proxyHeader, socketAfter } from './test/proxied.ts';
import { errorOf, sftpClient } from './test/sftp-client.ts';

const door = doorUnderTest();
let account: Account;
let bound: string;
let hostKeys: readonly string[];
let server: SftpServer;
let doorkeeper: Doorkeeper;

beforeAll(async () => {
  account = await door.account('acme');
  const wanted = { tenantId: account.tenant.id, name: 'bound', scopes: ['upload'] as const, networks: ['198.51.100.0/24'] };
  bound = (await issueToken(door.database.db, wanted)).token;
  hostKeys = (await ensureHostKeys(join(door.folder, 'ssh'))).keys;
});

afterEach(async () => {
  await server.close();
  await doorkeeper.close();
  await door.database.db.pool.query('delete from bans');
});

function networks(...texts: readonly string[]): Networks {
  const reading = readNetworks(texts);
  if (!reading.ok) throw new Error(reading.wrong);
  return reading.networks;
}

const proxies = networks('127.0.0.0/8');

async function open(options: Partial<SftpOptions>, keeping: Partial<DoorkeeperOptions> = {}): Promise<void> {
  const { database, log, metrics } = door.context;
  doorkeeper = await openDoorkeeper({ database, log, metrics, rules: { exempt: proxies }, refreshMs: 1_000_000, ...keeping });
  const limits = { loginFailureMs: 0, ...options.limits };
  server = await openSftp({ ...door.context, doorkeeper }, { port: 0, host: '127.0.0.1', hostKeys, limitBytes: 1_000, ...options, limits });
}

async function logIn(first: Buffer, password = account.token): Promise<string> {
  const sock = await socketAfter(server.port, first);
  return errorOf(sftpClient({ sock, username: 'acme', password }).then((client) => client.end()));
}

describe('behind a proxy that is trusted', () => {
  test('the client is where the header says, for the rules of its credential and in the log', async () => {
    await open({ proxies });
    expect(await logIn(proxyHeader('198.51.100.7'), bound)).toBe('fine');
    expect(await logIn(proxyHeader('203.0.113.7'), bound)).not.toBe('fine');
    expect(door.log()).toMatch(/"message":"A login was refused","channel":"sftp","method":"password","address":"203.0.113.7"/);
  });

  test('the client is where the header says, for the rules of the door and its counts', async () => {
    const deny = networks('203.0.113.0/24');
    await open({ proxies, limits: { perAddress: 1 } }, { rules: { deny, exempt: proxies } });
    expect(await logIn(proxyHeader('203.0.113.7'))).not.toBe('fine');
    const sock = await socketAfter(server.port, proxyHeader('198.51.100.7'));
    const client = await sftpClient({ sock, username: 'acme', password: account.token });
    expect(await logIn(proxyHeader('198.51.100.7'))).not.toBe('fine');
    expect(await logIn(proxyHeader('198.51.100.8'))).toBe('fine');
    await client.end();
  });

  test('the proxy itself may connect, and is then where it is', async () => {
    await open({ proxies });
    expect(await logIn(localHeader)).toBe('fine');
    expect(await logIn(localHeader, bound)).not.toBe('fine');
  });

  test('a client is banned, and the proxy is not', async () => {
    await open({ proxies }, { penalties: { points: 15 } });
    for (let count = 0; count < 2; count += 1) await logIn(proxyHeader('198.51.100.7'), 'wrong');
    await doorkeeper.refresh();
    expect(await listBans(door.database.db)).toMatchObject([{ source: '198.51.100.7', reason: 'loginRefused' }]);
    expect(await logIn(proxyHeader('198.51.100.7'))).not.toBe('fine');
    expect(await logIn(proxyHeader('198.51.100.8'))).toBe('fine');
  });

  test('a header in pieces is put together, with what the client says at once behind it', async () => {
    await open({ proxies });
    const header = proxyHeader('198.51.100.7');
    const sock = await socketAfter(server.port, header.subarray(0, 1));
    for (const byte of header.subarray(1)) await new Promise((resolve) => sock.write(Buffer.of(byte), resolve));
    expect(await errorOf(sftpClient({ sock, username: 'acme', password: bound }).then((client) => client.end()))).toBe('fine');
  });

  test.each([
    ['no header', Buffer.alloc(0)],
    ['a header of version 1', Buffer.from('PROXY TCP4 198.51.100.1 192.0.2.1 56789 2222\r\n')],
    ['half a header', proxyHeader('198.51.100.7').subarray(0, 20)],
  ])('%s is refused', async (_story, first) => {
    await open({ proxies, proxyHeaderMs: 300 });
    const sock = await socketAfter(server.port, first);
    await new Promise((resolve) => sock.resume().once('close', resolve));
    expect(await logIn(first)).not.toBe('fine');
  });
});

describe('of another peer', () => {
  test.each([
    ['of version 2', proxyHeader('198.51.100.7')],
    ['of version 1', Buffer.from('PROXY TCP4 198.51.100.1 192.0.2.1 56789 2222\r\n')],
  ])('a header %s is refused', async (_story, header) => {
    await open({});
    expect(await logIn(Buffer.alloc(0))).toBe('fine');
    expect(await logIn(header)).not.toBe('fine');
  });
});

describe('whoever is not to be served hears nothing', () => {
  const exempt = networks('192.0.2.0/24');

  test('by the rules of the door', async () => {
    await open({}, { rules: { allow: networks('10.0.0.0/8') } });
    const sock = await socketAfter(server.port, Buffer.alloc(0));
    let heard = '';
    sock.on('data', (piece: Buffer) => (heard += piece.toString()));
    await new Promise((resolve) => sock.once('close', resolve));
    expect(heard).toBe('');
  });

  test.each<[string, string, () => Promise<unknown>]>([
    ['wrong tokens', 'loginRefused', () => logIn(Buffer.alloc(0), 'wrong')],
    ['silence', 'loginTooLate', async () => (await socketAfter(server.port, Buffer.from('SSH-2.0-x\r\n'))).resume()],
    ['leaving', 'noLogin', async () => (await socketAfter(server.port, Buffer.alloc(0))).destroy()],
    ['nonsense', 'nonsense', async () => (await socketAfter(server.port, Buffer.from('SSH-2.0-x\r\n\xff\xff\xff\xff\xff\xff', 'latin1'))).resume()],
  ])('after %s', async (_story, reason, offend) => {
    await open({ limits: { loginGraceMs: 1_000 } }, { rules: { exempt }, penalties: { points: 1 } });
    await offend();
    await until(async () => (await listBans(door.database.db)).length > 0);
    expect(await listBans(door.database.db)).toMatchObject([{ source: '127.0.0.1', reason }]);
    expect(await logIn(Buffer.alloc(0))).not.toBe('fine');
  });

  test('and honest clients are not banned', async () => {
    await open({}, { rules: { exempt }, penalties: { points: 1 } });
    for (let count = 0; count < 5; count += 1) expect(await logIn(Buffer.alloc(0))).toBe('fine');
    await doorkeeper.refresh();
    expect(await listBans(door.database.db)).toEqual([]);
  });
});
