import { beforeAll, describe, expect, test } from '@jest/globals';
import { addKey, issueToken } from '@rosterport/access';
import { connect as connectSocket } from 'node:net';
import ssh2, { type ConnectConfig } from 'ssh2';
import { identify } from './identify.ts';
import { doorUnderTest, until, type Account } from './test/door-under-test.ts';
import { connect, errorOf, sftpClient } from './test/sftp-client.ts';
import { soundKeyPair } from '../../sound-key.ts';

const startups = { start: 3, rate: 100, full: 3 };
const door = doorUnderTest({ limits: { loginTries: 3, loginKeys: 4, loginGraceMs: 2_000, startups } });
const address = '127.0.0.1';
const keys = {
  ed25519: soundKeyPair(() => ssh2.utils.generateKeyPairSync('ed25519')),
  ecdsa: ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 }),
  rsa: ssh2.utils.generateKeyPairSync('rsa', { bits: 2048 }),
};
const stranger = ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 });
const refusal = 'All configured authentication methods failed';
let account: Account;
let reader: string;

beforeAll(async () => {
  account = await door.account('acme');
  await door.account('other');
  const { id: tenantId } = account.tenant;
  const { db } = door.database;
  for (const [name, pair] of Object.entries(keys)) {
    await addKey(db, { tenantId, name, scopes: ['upload'], publicKey: pair.public });
  }
  reader = (await issueToken(db, { tenantId, name: 'reader', scopes: ['reports', 'directory'] })).token;
});

function logIn(config: ConnectConfig): Promise<string> {
  const attempt = sftpClient({ port: door.server.port, username: 'acme', ...config });
  return errorOf(attempt.then((client) => client.end()));
}

describe('logging in', () => {
  test('works with a token', async () => {
    expect(await logIn({ password: account.token })).toBe('fine');
  });

  test.each(['ed25519', 'ecdsa', 'rsa'] as const)('works with a key of type %s', async (type) => {
    expect(await logIn({ privateKey: keys[type].private })).toBe('fine');
  });

  test.each([
    ['a wrong password', () => ({ password: 'secret' })],
    ['a token that nobody has', () => ({ password: `rp_${'a'.repeat(43)}` })],
    ['an unknown user', () => ({ username: 'nobody', password: account.token })],
    ['the token of another tenant', () => ({ username: 'other', password: account.token })],
    ['an unknown key', () => ({ privateKey: stranger.private })],
    ['the key of another tenant', () => ({ username: 'other', privateKey: keys.ed25519.private })],
    ['a key and an unknown user', () => ({ username: 'nobody', privateKey: keys.ed25519.private })],
    ['a token that may not upload', () => ({ password: reader })],
    ['nothing', () => ({})],
  ])('fails with %s, in the same words', async (_story, config) => {
    expect(await logIn(config())).toBe(refusal);
  });

  test('is counted, and what was given never reaches the log', async () => {
    await logIn({ username: 'someone-private', password: 'my-secret' });
    const text = await door.context.metrics.text();
    expect(text).toMatch(/rosterport_logins_total\{channel="sftp",outcome="accepted"\} [1-9]/);
    expect(text).toMatch(/rosterport_logins_total\{channel="sftp",outcome="refused"\} [1-9]/);
    expect(door.log()).toContain('A login was refused');
    expect(door.log()).not.toMatch(/someone-private|my-secret/);
  });

  test('with an RSA key and SHA-1 is refused', async () => {
    const key = ssh2.utils.parseKey(keys.rsa.private) as ssh2.ParsedKey;
    const blob = Buffer.from('what is signed');
    const attempt = (hashAlgo: string | undefined) => ({
      method: 'publickey',
      username: 'acme',
      key: { algo: 'ssh-rsa', data: key.getPublicSSH() },
      blob,
      signature: key.sign(blob, hashAlgo ?? 'sha1'),
      hashAlgo,
    });
    const identified = async (hashAlgo: string | undefined): Promise<string | undefined> =>
      (await identify(attempt(hashAlgo) as never, door.context.authenticator, address))?.tenantName;
    expect(await identified('sha256')).toBe('acme');
    expect(await identified('sha512')).toBe('acme');
    expect(await identified(undefined)).toBeUndefined();
    const forged = { ...attempt('sha256'), signature: key.sign(Buffer.from('something else'), 'sha256') };
    expect(await identify(forged as never, door.context.authenticator, address)).toBeNull();
  });

  test('ends the connection after so many failures', async () => {
    let attempts = 0;
    const ssh = new ssh2.Client();
    const closed = new Promise((resolve) => ssh.on('close', () => resolve(null)));
    ssh.on('error', () => undefined);
    ssh.connect({
      host: '127.0.0.1',
      port: door.server.port,
      username: 'acme',
      authHandler: (_left, _partial, next) => {
        attempts += 1;
        next({ type: 'password', username: 'acme', password: `wrong ${attempts}` });
      },
    });
    await closed;
    expect(attempts).toBe(3);
  });
});

describe('a stranger', () => {
  test('who says nothing is hung up on', async () => {
    const socket = connectSocket(door.server.port, '127.0.0.1');
    await new Promise((resolve) => socket.resume().once('close', resolve));
    expect(await logIn({ password: account.token })).toBe('fine');
  });

  test('too many are not let in, and who is in stays', async () => {
    const inside = await sftpClient({ port: door.server.port, username: 'acme', password: account.token });
    const sockets = Array.from({ length: 6 }, () => connectSocket(door.server.port, '127.0.0.1'));
    let closed = 0;
    for (const socket of sockets) {
      socket.on('error', () => undefined);
      socket.resume().once('close', () => (closed += 1));
    }
    await until(() => closed >= 3);
    expect(await inside.names('/incoming')).toEqual([]);
    for (const socket of sockets) socket.destroy();
    await inside.end();
    await until(() => closed === 6);
  });
});

describe('whoever is in', () => {
  test.each(['exec', 'shell'] as const)('gets no %s but a line that says what to use', async (kind) => {
    const ssh = await connect({ port: door.server.port, username: 'acme', password: account.token });
    const answer = await new Promise<{ text: string; status: number }>((resolve, reject) => {
      const onChannel = (error: Error | undefined, channel: ssh2.ClientChannel): void => {
        if (error !== undefined) return reject(error);
        let text = '';
        let status = -1;
        channel.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
        channel.on('exit', (code: number) => (status = code));
        channel.resume().on('close', () => resolve({ text, status }));
      };
      if (kind === 'exec') ssh.exec('scp -t /', onChannel);
      else ssh.shell(false, onChannel);
    });
    expect(answer).toEqual({ text: 'This server speaks SFTP only. Use sftp, or scp without -O.\n', status: 1 });
    ssh.end();
  });

  test('gets no other subsystem and no port forwarding', async () => {
    const ssh = await connect({ port: door.server.port, username: 'acme', password: account.token });
    const subsystem = new Promise((resolve) => ssh.subsys('netconf', (error) => resolve(error?.message)));
    expect(await subsystem).toBe('Unable to start subsystem: netconf');
    const forward = new Promise((resolve) => ssh.forwardOut('127.0.0.1', 1, '127.0.0.1', 22, (error) => resolve(error?.message)));
    expect(await forward).toContain('Channel open failure');
    ssh.end();
  });

  test.each(['sftp', 'exec'] as const)('cannot stop the process by a channel for packets of 0 bytes (%s)', async (kind) => {
    const ssh = await connect({ port: door.server.port, username: 'acme', password: account.token });
    const closed = new Promise((resolve) => ssh.on('close', () => resolve(null)));
    interface Protocol {
      session(id: number, window: number, packetSize: number): void;
    }
    const { _protocol: protocol } = ssh as unknown as { readonly _protocol: Protocol };
    const open = protocol.session.bind(protocol);
    protocol.session = (id, window) => open(id, window, 0);
    if (kind === 'sftp') ssh.sftp(() => undefined);
    else ssh.exec('true', () => undefined);
    await closed;
    expect(await logIn({ password: account.token })).toBe('fine');
  });
});
