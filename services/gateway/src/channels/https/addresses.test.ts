import { afterEach, describe, expect, test } from '@jest/globals';
import { issueToken, listBans } from '@rosterport/access';
import { readNetworks, type Networks } from '@rosterport/runtime';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { connect as connectTls } from 'node:tls';
import { proxyHeader, localHeader, socketAfter } from '../sftp/test/proxied.ts';
import { newTenant, openGateway, type TestGateway, type TestTenant } from './test/gateway.ts';

const database = testDatabase();
const folder = temporaryFolder();
let gateway: TestGateway;
let serial = 0;
let tenant: TestTenant;

afterEach(() => gateway.close());

function networks(...texts: readonly string[]): Networks {
  const reading = readNetworks(texts);
  if (!reading.ok) throw new Error(reading.wrong);
  return reading.networks;
}

async function open(...options: readonly [Parameters<typeof openGateway>[2]?]): Promise<void> {
  gateway = await openGateway(database.db, folder, ...options);
  tenant = await newTenant(database.db, `tenant-${(serial += 1)}`);
}

async function tokenFrom(...texts: readonly string[]): Promise<string> {
  const { tenantId } = tenant;
  return (await issueToken(database.db, { tenantId, name: 'test', scopes: ['upload', 'reports'], networks: texts })).token;
}

const wrong = `rp_${'a'.repeat(43)}`;

/** What is told, without the date and the id of the request. */
async function told(token: string, path: string): Promise<unknown> {
  const { status, headers, text } = path === '/v1/jobs' ? await gateway.get(path, token) : await gateway.upload(token, { path });
  const { 'x-request-id': id = '' } = headers;
  const said = Object.entries(headers).filter(([name]) => !['date', 'x-request-id'].includes(name));
  return { status, headers: said, body: text.replaceAll(String(id), 'id') };
}

describe.each(['/v1/jobs', '/v1/files', '/v1/storage/uploadFile'])('%s', (path) => {
  test('tells a token of another network the same as a wrong one', async () => {
    await open();
    const refusal = await told(wrong, path);
    expect(refusal).toMatchObject(path.endsWith('uploadFile') ? { status: 400, body: '' } : { status: 401 });
    expect(await told(await tokenFrom('10.0.0.0/8'), path)).toEqual(refusal);
    expect(await told(await tokenFrom('127.0.0.0/8'), path)).not.toEqual(refusal);
  });

  test('tells a good token from a network that is not served the same as a wrong one', async () => {
    await open({ keeping: { rules: { deny: networks('127.0.0.0/8') } } });
    expect(await told(await tokenFrom(), path)).toEqual(await told(wrong, path));
  });
});

test('an address that guesses is banned for a time, and the checks of health go on', async () => {
  await open({ keeping: { penalties: { points: 25 } } });
  const good = await tokenFrom();
  for (let count = 0; count < 3; count += 1) expect(await gateway.get('/v1/jobs', wrong)).toMatchObject({ status: 401 });
  expect(await gateway.get('/v1/jobs', good)).toMatchObject({ status: 429 });
  expect(await gateway.get('/healthz')).toMatchObject({ status: 200 });
  await gateway.close();
  expect(await listBans(database.db)).toMatchObject([{ source: '127.0.0.1', reason: 'loginRefused' }]);
  await database.db.pool.query('delete from bans');
  await open();
});

describe('behind a proxy', () => {
  /** The status of a request behind these bytes; 0 when the connection ends without an answer. */
  async function statusBehind(first: Buffer, token: string): Promise<number> {
    const raw = await socketAfter(gateway.server.port, first);
    const socket = connectTls({ socket: raw, ca: gateway.ca, servername: 'localhost' });
    let text = '';
    socket.on('error', () => undefined).on('data', (piece: Buffer) => (text += piece.toString()));
    socket.write(`GET /v1/jobs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer ${token}\r\n\r\n`);
    await new Promise((resolve) => socket.once('close', resolve));
    return Number(/^HTTP\/1.1 (\d+)/.exec(text)?.[1] ?? 0);
  }

  test('the client is where a trusted one says', async () => {
    await open({ proxies: networks('127.0.0.1') });
    const token = await tokenFrom('198.51.100.0/24');
    expect(await statusBehind(proxyHeader('198.51.100.7'), token)).toBe(200);
    expect(await statusBehind(proxyHeader('203.0.113.7'), token)).toBe(401);
    expect(await statusBehind(localHeader, token)).toBe(401);
  });

  test('that is trusted, a connection without a header is refused', async () => {
    await open({ proxies: networks('127.0.0.1'), proxyHeaderMs: 300 });
    expect(await statusBehind(Buffer.alloc(0), await tokenFrom())).toBe(0);
    expect(await statusBehind(Buffer.from('PROXY TCP4 198.51.100.1 192.0.2.1 56789 8443\r\n'), await tokenFrom())).toBe(0);
  });

  test('that is not trusted, a connection with a header is refused', async () => {
    await open({ proxies: networks('192.0.2.1') });
    const token = await tokenFrom();
    expect([await statusBehind(Buffer.alloc(0), token), await statusBehind(proxyHeader('198.51.100.7'), token)]).toEqual([200, 0]);
  });
});
