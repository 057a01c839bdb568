import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { connect as connectSocket } from 'node:net';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { ensureHostKeys } from '../../host-keys.ts';
import type { SftpLimits } from '../../limits/sftp-limits.ts';
import { openSftp, type SftpServer } from './open-sftp.ts';
import { doorUnderTest, until, type Account } from './test/door-under-test.ts';
import { connect, errorOf, sftpClient, type SftpClient } from './test/sftp-client.ts';

const door = doorUnderTest();
let account: Account;
let other: Account;
let hostKeys: readonly string[];
let server: SftpServer;
const clients: ssh2.Client[] = [];

beforeAll(async () => {
  account = await door.account('acme');
  other = await door.account('other');
  hostKeys = (await ensureHostKeys(join(door.folder, 'ssh'))).keys;
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await server.close();
});

async function open(limits: Partial<SftpLimits>, context = door.context): Promise<void> {
  const all = { loginFailureMs: 0, ...limits };
  server = await openSftp(context, { port: 0, host: '127.0.0.1', hostKeys, limitBytes: 50_000_000, limits: all, closeSeconds: 0 });
}

async function enter(who = account): Promise<SftpClient> {
  const client = await sftpClient({ port: server.port, username: who.tenant.name, password: who.token });
  clients.push(client.ssh);
  return client;
}

/** How often connections were cut for a reason, or refused for it. */
async function counted(reason: string): Promise<number> {
  const text = await door.context.metrics.text();
  const counts = [...text.matchAll(new RegExp(`^rosterport_connections_\\w+\\{.*reason="${reason}"\\} (\\d+)$`, 'gm'))];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}

/** Waits until the client has been cut for the reason, once. */
async function isCut(client: ssh2.Client, why: string, before: number): Promise<void> {
  let closed = false;
  client.once('close', () => (closed = true));
  await until(async () => (await counted(why)) === before + 1);
  // Whoever has stopped reading does not hear of the end either.
  (client as unknown as { readonly _sock: NodeJS.ReadableStream })._sock.resume();
  await until(() => closed);
}

describe('connections', () => {
  test('of one address are as many as there may be', async () => {
    await open({ perAddress: 2 });
    const [first] = [await enter(), await enter(other)];
    expect(await errorOf(enter())).not.toBe('fine');
    expect(await counted('address')).toBe(1);
    await first.end();
    await until(() => errorOf(enter()).then((error) => error === 'fine'));
  });

  test('of one tenant are as many as there may be, and others come in', async () => {
    await open({ perTenant: 1 });
    const first = await enter();
    expect(await errorOf(enter())).not.toBe('fine');
    expect(await errorOf(enter(other))).toBe('fine');
    expect(await counted('tenant')).toBe(1);
    await first.end();
    await until(() => errorOf(enter()).then((error) => error === 'fine'));
  });

  test('of all are as many as there may be', async () => {
    await open({ maxConnections: 1 });
    await enter();
    expect(await errorOf(enter(other))).not.toBe('fine');
    expect(await counted('full')).toBe(1);
  });
});

describe('a connection', () => {
  test('has so many sessions at once', async () => {
    await open({ channels: 2 });
    const { ssh } = await enter();
    const another = (): Promise<string> => new Promise((resolve) => ssh.sftp((error) => resolve(error?.message ?? 'fine')));
    expect(await another()).toBe('fine');
    expect(await another()).toContain('Channel open failure');
  });

  test.each(['session', 'tcpip'])('is cut when it opens channels (%s) as fast as it can', async (kind) => {
    await open({ channelOpensPerMinute: 20 });
    const before = await counted('flood');
    const { ssh } = await enter();
    let refused = 0;
    const gone = isCut(ssh, 'flood', before);
    for (let count = 0; count < 200; count += 1) {
      if (kind === 'session') ssh.subsys('none', () => (refused += 1));
      else ssh.forwardOut('127.0.0.1', 1, '127.0.0.1', 22, () => (refused += 1));
    }
    await gone;
    expect(refused).toBeGreaterThan(0);
  });

  test('has so many files open in a session', async () => {
    await open({ handles: 2 });
    const client = await enter();
    const handle = await client.open('/1.csv', 'w');
    await client.open('/2.csv', 'w');
    expect(await errorOf(client.open('/3.csv', 'w'))).not.toBe('fine');
    await client.write(handle, 'x');
    await client.closeHandle(handle);
    expect(await errorOf(client.open('/3.csv', 'w'))).toBe('fine');
  });

  test('is cut when it asks for nothing', async () => {
    await open({ idleMs: 2_000 });
    const before = await counted('idle');
    await isCut((await enter()).ssh, 'idle', before);
  });

  test('may not exchange keys again and again before anybody has logged in', async () => {
    await open({});
    const before = await counted('flood');
    const ssh = new ssh2.Client();
    clients.push(ssh);
    const gone = isCut(ssh, 'flood', before);
    ssh.on('error', () => undefined);
    ssh.on('handshake', () => setImmediate(() => (ssh as unknown as { readonly _protocol: { rekey(): void } })._protocol.rekey()));
    ssh.connect({ host: '127.0.0.1', port: server.port, username: 'acme', password: 'x', authHandler: () => undefined });
    await gone;
  });
});

describe('an upload', () => {
  test('that stands still is cut, whatever else its client does', async () => {
    await open({ stallMs: 2_000, slowestUpload: 0 });
    const before = await counted('slowUpload');
    const client = await enter();
    const handle = await client.open('/a.csv', 'w');
    await client.write(handle, 'x');
    const asking = setInterval(() => client.sftp.stat('/', () => undefined), 20);
    await isCut(client.ssh, 'slowUpload', before).finally(() => clearInterval(asking));
  });

  test('that moves too slowly is cut', async () => {
    await open({ stallMs: 2_000, slowestUpload: 1_000_000 });
    const before = await counted('slowUpload');
    const client = await enter();
    const handle = await client.open('/a.csv', 'w');
    let position = 0;
    const dripping = setInterval(() => client.sftp.write(handle, Buffer.from('x'), 0, 1, position++, () => undefined), 20);
    await isCut(client.ssh, 'slowUpload', before).finally(() => clearInterval(dripping));
  });

  test('is not read faster than all uploads together may be in hand', async () => {
    const slow = slowDisk();
    await open({ processBytes: 1_000_000 }, { ...door.context, door: slow.door });
    const uploads = await Promise.all(Array.from({ length: 4 }, () => enter()));
    const content = Buffer.alloc(3_000_000, 'a;b\n');
    const puts = uploads.map((client, index) => client.put(`/${index}.csv`, content));
    // Until they stand still; a client has 2 MB on the way at most.
    for (let seen = 0; seen === 0 || seen !== slow.inHand(); await new Promise((resolve) => setTimeout(resolve, 300))) seen = slow.inHand();
    slow.letGo();
    await Promise.all(puts);
    expect(slow.mostInHand()).toBeLessThan(1_000_000 + 4 * 300_000);
  });
});

/** A door whose uploads take no byte until they are let go. */
function slowDisk(): { readonly door: typeof door.context.door; inHand(): number; mostInHand(): number; letGo(): void } {
  let [inHand, most] = [0, 0];
  let letGo = (): void => undefined;
  const free = new Promise<void>((resolve) => (letGo = resolve));
  const real = door.context.door;
  return {
    inHand: () => inHand,
    mostInHand: () => most,
    letGo,
    door: {
      ...real,
      async begin(arrival) {
        const incoming = await real.begin(arrival);
        const write = incoming.upload.write.bind(incoming.upload);
        Object.assign(incoming.upload, {
          async write(position: number, bytes: Uint8Array) {
            inHand += bytes.length;
            most = Math.max(most, inHand);
            await free;
            await write(position, bytes);
            inHand -= bytes.length;
          },
        });
        return incoming;
      },
    },
  };
}

describe('a client that does not read its replies', () => {
  /** INIT, then REALPATHs whose answers are long. */
  const init = Buffer.from('00000005010000000300', 'hex').subarray(0, 9);
  const path = `/${'a'.repeat(200)}`.repeat(15);
  const realpath = Buffer.concat([Buffer.from([0, 0, 0, 9 + path.length, 16, 0, 0, 0, 1, 0, 0, path.length >> 8, path.length & 255]), Buffer.from(path)]);
  realpath.writeUInt32BE(realpath.length - 4, 0);

  test.each([
    ['of a channel', 1],
    ['of the whole connection', 5],
  ])('%s is cut', async (_story, channels) => {
    await open({ stallMs: 500 });
    const before = await counted('unreadReplies');
    const ssh = await connect({ port: server.port, username: 'acme', password: account.token });
    clients.push(ssh);
    const opened = await Promise.all(Array.from({ length: channels }, () => new Promise<ssh2.Channel>((resolve, reject) => ssh.subsys('sftp', (error, channel) => (error ? reject(error) : resolve(channel))))));
    if (channels > 1) (ssh as unknown as { readonly _sock: NodeJS.ReadableStream })._sock.pause();
    const gone = isCut(ssh, 'unreadReplies', before);
    for (const channel of opened) channel.write(Buffer.concat([init, ...Array.from({ length: 2_500 / channels }, () => realpath)]));
    await gone;
  });
});

test('a silent stranger is hung up on', async () => {
  await open({ loginGraceMs: 200 });
  const socket = connectSocket(server.port, '127.0.0.1');
  await new Promise((resolve) => socket.resume().once('close', resolve));
});
