import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { listJobs, migrateWakeUps } from '@rosterport/jobs';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import { newTenant, openGateway, type TestGateway, type TestTenant } from './test/gateway.ts';
import { clientOptions, closed, multipart, multipartType, read } from './test/request.ts';

const database = testDatabase();
const root = temporaryFolder();
let acme: TestTenant;
let token: string;

beforeAll(async () => {
  await migrateWakeUps(database.db);
  acme = await newTenant(database.db, 'acme');
  ({ token } = await acme.token('upload'));
});

const body = multipart([{ name: 'file', fileName: 'users.csv', content: Buffer.alloc(400_000, 'x') }]);

/** Begins an upload, sends half of it, and waits until that has arrived. */
async function halfAnUpload(gateway: TestGateway, folder: string): Promise<ClientRequest> {
  const headers = { authorization: token, 'content-type': multipartType, 'content-length': String(body.length) };
  const wanted = { port: gateway.server.port, ca: gateway.ca, path: '/v1/storage/uploadFile', method: 'POST', headers };
  const going = request(clientOptions(wanted));
  going.on('error', () => undefined);
  going.write(body.subarray(0, 300_000));
  while ((await filesIn(folder)).length === 0) await delay(10);
  return going;
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const found = await readdir(`${folder}/staging`, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

/** True when nobody takes a connection there. */
function isRefused(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('error', () => resolve(true));
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
  });
}

describe('closing', () => {
  test('lets an upload that is running come to its end, and takes no other', async () => {
    const folder = `${root}/patient`;
    const gateway = await openGateway(database.db, folder, { closeWithinMs: 20_000 });
    const going = await halfAnUpload(gateway, folder);
    const answered = once(going, 'response') as Promise<[IncomingMessage]>;
    const closing = gateway.server.close();
    expect(await isRefused(gateway.server.port)).toBe(true);
    going.end(body.subarray(300_000));
    const reply = await read((await answered)[0]);
    expect(reply.status).toBe(200);
    await closing;
    await gateway.close();
    expect((await listJobs(database.db, { tenantId: acme.tenantId, limit: 10 })).items).toHaveLength(1);
  });

  test('cuts off an upload that does not come to its end, and leaves nothing of it', async () => {
    const folder = `${root}/impatient`;
    const gateway = await openGateway(database.db, folder, { closeWithinMs: 50 });
    const before = await listJobs(database.db, { tenantId: acme.tenantId, limit: 10 });
    const going = await halfAnUpload(gateway, folder);
    const cut = closed(going);
    await gateway.server.close();
    await cut;
    await gateway.close();
    expect(await filesIn(folder)).toEqual([]);
    expect(await listJobs(database.db, { tenantId: acme.tenantId, limit: 10 })).toEqual(before);
  });

  test('is not held up by connections that are idle, or that never said a word', async () => {
    const gateway = await openGateway(database.db, `${root}/idle`, { closeWithinMs: 100 });
    const agent = new Agent({ keepAlive: true, ca: gateway.ca });
    const going = request({ host: '127.0.0.1', port: gateway.server.port, path: '/healthz', agent }).end();
    const [answer] = (await once(going, 'response')) as [IncomingMessage];
    expect((await read(answer)).status).toBe(200);
    const silent = connect({ port: gateway.server.port, host: '127.0.0.1' });
    silent.on('error', () => undefined);
    await once(silent, 'connect');
    const ended = once(silent, 'close');
    await Promise.all([gateway.server.close(), gateway.server.close()]);
    await ended;
    await gateway.close();
    agent.destroy();
  });
});

describe('opening', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openGateway(database.db, `${root}/open`);
  });
  afterAll(() => gateway.close());

  test('on a taken port fails with portTaken', async () => {
    const { port } = gateway.server;
    await expect(openGateway(database.db, `${root}/taken`, { port })).rejects.toMatchObject({
      code: 'portTaken',
      message: `Port ${port} for HTTPS is taken by another program.`,
      hint: expect.stringContaining('ROSTERPORT_HTTPS_PORT'),
    });
  });

  test('takes TLS 1.2 and newer, nothing older', async () => {
    const speak = async (version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'): Promise<string | null> => {
      const options = { port: gateway.server.port, host: '127.0.0.1', ca: gateway.ca, minVersion: version, maxVersion: version };
      const socket = connectTls({ ...options, ciphers: 'DEFAULT@SECLEVEL=0' });
      await new Promise((resolve) => socket.once('secureConnect', resolve).once('error', resolve));
      const spoken = socket.authorized ? socket.getProtocol() : null;
      socket.destroy();
      return spoken;
    };
    expect([await speak('TLSv1.1'), await speak('TLSv1.2'), await speak('TLSv1.3')]).toEqual([null, 'TLSv1.2', 'TLSv1.3']);
  });
});
