import { beforeAll, describe, expect, test } from '@jest/globals';
import { addFurtherKey, addKey, issueToken, revokeCredential } from '@rosterport/access';
import ssh2, { type ConnectConfig } from 'ssh2';
import { soundKeyPair } from '../../sound-key.ts';
import { doorUnderTest, type Account } from './test/door-under-test.ts';
import { errorOf, sftpClient } from './test/sftp-client.ts';

const door = doorUnderTest();
const newPair = (): { private: string; public: string } => ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 });
const [known, expired, elsewhere, revoked, stranger] = [newPair(), newPair(), newPair(), newPair(), newPair()];
const further = soundKeyPair(() => ssh2.utils.generateKeyPairSync('ed25519'));
const tokens = { known: '', expired: '', elsewhere: '', revoked: '', reader: '' };
let account: Account;

beforeAll(async () => {
  account = await door.account('acme');
  const { db } = door.database;
  const tenantId = account.tenant.id;
  const scopes = ['upload'] as const;
  const outside = { networks: ['192.0.2.0/24'] };
  const soon = { expiresAt: new Date(Date.now() + 60_000) };
  const whole = await issueToken(db, { tenantId, name: 'known', scopes });
  tokens.known = whole.token;
  tokens.expired = (await issueToken(db, { tenantId, name: 'expired', scopes, ...soon })).token;
  tokens.elsewhere = (await issueToken(db, { tenantId, name: 'elsewhere', scopes, ...outside })).token;
  tokens.reader = (await issueToken(db, { tenantId, name: 'reader', scopes: ['reports'] })).token;
  const gone = await issueToken(db, { tenantId, name: 'revoked', scopes });
  tokens.revoked = gone.token;
  await revokeCredential(db, { tenantId, credentialId: gone.credential.id });
  await addKey(db, { tenantId, name: 'known', scopes, publicKey: known.public });
  await addKey(db, { tenantId, name: 'expired', scopes, publicKey: expired.public, ...soon });
  await addKey(db, { tenantId, name: 'elsewhere', scopes, publicKey: elsewhere.public, ...outside });
  const dead = await addKey(db, { tenantId, name: 'revoked', scopes, publicKey: revoked.public });
  await revokeCredential(db, { tenantId, credentialId: dead.id });
  await addFurtherKey(db, { tenantId, partOf: whole.credential.id, name: 'further', publicKey: further.public });
  await db.pool.query("update credentials set expires_at = now() - interval '1 second' where name = 'expired'");
});

/** Every message of the server that a client hears from the handshake to the end, in their order and with what they say. */
async function heard(config: ConnectConfig): Promise<readonly string[]> {
  const messages: string[] = [];
  const client = new ssh2.Client();
  const end = new Promise((resolve) => client.once('close', () => resolve(null)));
  client.once('ready', () => client.end());
  client.on('error', (error) => messages.push(error.message));
  const debug = (line: string): void => {
    if (/^Inbound: (?!Handshake)/.test(line)) messages.push(line);
  };
  client.connect({ host: '127.0.0.1', port: door.server.port, username: 'acme', debug, ...config });
  await end;
  return messages.filter((line) => !/EXT_INFO|NEWKEYS|KEX/.test(line));
}

describe('whoever is refused hears the same, message by message', () => {
  test.each([
    ['a token of an unknown user', () => ({ username: 'nobody', password: tokens.known })],
    ['an expired token', () => ({ password: tokens.expired })],
    ['a token of another address', () => ({ password: tokens.elsewhere })],
    ['a revoked token', () => ({ password: tokens.revoked })],
    ['a token that may not upload', () => ({ password: tokens.reader })],
    ['what has not the form of a token', () => ({ password: 'secret' })],
    ['a user name that no tenant can have', () => ({ username: "x' or 1=1 \0", password: tokens.known })],
  ])('%s, as a wrong token', async (_story, config) => {
    const wrong = await heard({ password: `rp_${'a'.repeat(43)}` });
    expect(wrong).toEqual([
      'Inbound: Received SERVICE_ACCEPT (ssh-userauth)',
      'Inbound: Received USERAUTH_FAILURE (publickey,password)',
      'Inbound: Received USERAUTH_FAILURE (publickey,password)',
      'All configured authentication methods failed',
    ]);
    expect(await heard(config())).toEqual(wrong);
  });

  test.each([
    ['a known key and an unknown user', () => ({ username: 'nobody', privateKey: known.private })],
    ['an expired key', () => ({ privateKey: expired.private })],
    ['a key of another address', () => ({ privateKey: elsewhere.private })],
    ['a revoked key', () => ({ privateKey: revoked.private })],
  ])('%s, as an unknown key', async (_story, config) => {
    const wrong = await heard({ privateKey: stranger.private });
    expect(wrong).toEqual([
      'Inbound: Received SERVICE_ACCEPT (ssh-userauth)',
      'Inbound: Received USERAUTH_FAILURE (publickey,password)',
      'Inbound: Received USERAUTH_PK_OK',
      'Inbound: Received USERAUTH_FAILURE (publickey,password)',
      'All configured authentication methods failed',
    ]);
    expect(await heard(config())).toEqual(wrong);
  });

  test('a key that is only asked for is told the same as one that is known', async () => {
    const beginning = (messages: readonly string[]): readonly string[] => messages.slice(0, 3);
    const [ofKnown, ofStranger] = [await heard({ privateKey: known.private }), await heard({ privateKey: stranger.private })];
    expect(ofKnown).toContain('Inbound: Received USERAUTH_SUCCESS');
    expect(beginning(ofKnown)).toEqual(beginning(ofStranger));
  });
});

test('a further key of a credential logs in', async () => {
  const client = await sftpClient({ port: door.server.port, username: 'acme', privateKey: further.private });
  await client.put('/a.csv', 'x');
  await client.end();
  const other = await sftpClient({ port: door.server.port, username: 'acme', password: tokens.known });
  expect(await other.stat('/a.csv')).toMatchObject({ size: 1 });
  await other.end();
});

test('a client with many keys gets to the right one, and to no more than there may be', async () => {
  const offer = (keys: readonly string[]): Promise<string> => {
    const left = [...keys];
    const authHandler: ConnectConfig['authHandler'] = (_methods, _partial, next) => {
      const key = left.shift();
      if (key === undefined) next(false as never);
      else next({ type: 'publickey', username: 'acme', key });
    };
    return errorOf(sftpClient({ port: door.server.port, username: 'acme', authHandler }).then((client) => client.end()));
  };
  const wrong = Array.from({ length: 20 }, () => stranger.private);
  expect(await offer([...wrong.slice(0, 15), known.private])).toBe('fine');
  expect(await offer([...wrong, known.private])).not.toBe('fine');
});
