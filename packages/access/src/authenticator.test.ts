import { randomBytes } from 'node:crypto';

import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Scope } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';

import { addKey } from './add-key.ts';
import { openAuthenticator } from './authenticator.ts';
import { revokeCredential } from './credentials.ts';
import type { Feed } from './feed.ts';
import type { Identity } from './identity.ts';
import { issueToken } from './issue-token.ts';
import { addTenant } from './tenants.ts';

const database = testDatabase();
const expiry = new Date('2126-01-01T00:00:00.000Z');
let acme: Feed;
let other: Feed;

beforeAll(async () => {
  acme = (await addTenant(database.db, { name: 'acme' })).feed;
  other = (await addTenant(database.db, { name: 'other' })).feed;
});

/** What a secret is good for, whatever its kind. */
interface Issued {
  readonly identity: Identity;
  readonly ask: (tenantName: string, now?: Date) => Promise<Identity | null>;
  readonly revoke: () => Promise<unknown>;
}

async function askOnce(now: Date, ask: (of: ReturnType<typeof openAuthenticator>) => Promise<Identity | null>) {
  const authenticator = openAuthenticator(database.db, { clock: { now: () => now } });
  return ask(authenticator).finally(() => authenticator.close());
}

function wantedBy(feed: Feed, expiresAt: Date | undefined) {
  return { tenantId: feed.tenantId, name: 'sender', scopes: ['upload', 'directory'] as readonly Scope[], expiresAt };
}

function identityOf(feed: Feed, tenantName: string, credentialId: Identity['credentialId']): Identity {
  return { tenantId: feed.tenantId, tenantName, credentialId, feedId: feed.id, scopes: ['upload', 'directory'] };
}

async function newToken(expiresAt?: Date): Promise<Issued> {
  const { credential, token } = await issueToken(database.db, wantedBy(acme, expiresAt));
  return {
    identity: identityOf(acme, 'acme', credential.id),
    ask: (tenantName, now = new Date()) => askOnce(now, (authenticator) => authenticator.byToken(token, tenantName)),
    revoke: () => revokeCredential(database.db, { tenantId: acme.tenantId, credentialId: credential.id }),
  };
}

/** Any 32 bytes do for a public key whose private half nobody needs. */
function newPublicKey(): { readonly publicKey: string; readonly blob: Buffer } {
  const head = Buffer.from('\0\0\0\x0bssh-ed25519\0\0\0\x20', 'latin1');
  const blob = Buffer.concat([head, randomBytes(32)]);
  return { publicKey: `ssh-ed25519 ${blob.toString('base64')}`, blob };
}

async function newKey(expiresAt?: Date): Promise<Issued> {
  const { publicKey, blob } = newPublicKey();
  const credential = await addKey(database.db, { ...wantedBy(acme, expiresAt), publicKey });
  return {
    identity: identityOf(acme, 'acme', credential.id),
    ask: (tenantName, now = new Date()) => askOnce(now, (authenticator) => authenticator.byKey(tenantName, blob)),
    revoke: () => revokeCredential(database.db, { tenantId: acme.tenantId, credentialId: credential.id }),
  };
}

describe.each([
  ['token', newToken],
  ['key', newKey],
])('a %s', (_kind, issue) => {
  test('proves its tenant, its feed and its scopes', async () => {
    const { ask, identity } = await issue();
    await expect(ask('acme')).resolves.toEqual(identity);
  });

  test.each(['other', 'Acme', 'nobody', '', 'acme\0', '\0'])('of acme proves nothing under the name %j', async (name) => {
    const { ask } = await issue();
    await expect(ask(name)).resolves.toBeNull();
  });

  test('proves nothing from the moment of its expiry on', async () => {
    const { ask, identity } = await issue(expiry);
    await expect(ask('acme', new Date(expiry.getTime() - 1))).resolves.toEqual(identity);
    await expect(ask('acme', expiry)).resolves.toBeNull();
  });

  test('proves nothing once it is revoked', async () => {
    const { ask, revoke } = await issue();
    await revoke();
    await expect(ask('acme')).resolves.toBeNull();
  });
});

test('a token proves its tenant where no tenant is named', async () => {
  const { credential, token } = await issueToken(database.db, wantedBy(acme, undefined));
  const identity = await askOnce(new Date(), (authenticator) => authenticator.byToken(token));
  expect(identity).toEqual(identityOf(acme, 'acme', credential.id));
});

test('one key may belong to two tenants, and proves the one that is named', async () => {
  const { publicKey, blob } = newPublicKey();
  const ofAcme = await addKey(database.db, { ...wantedBy(acme, undefined), publicKey });
  const ofOther = await addKey(database.db, { ...wantedBy(other, undefined), publicKey });
  const authenticator = openAuthenticator(database.db);
  await expect(authenticator.byKey('acme', blob)).resolves.toEqual(identityOf(acme, 'acme', ofAcme.id));
  await expect(authenticator.byKey('other', blob)).resolves.toEqual(identityOf(other, 'other', ofOther.id));
  await authenticator.close();
});

test('a key that was revoked and added again proves the newer credential', async () => {
  const { publicKey, blob } = newPublicKey();
  const older = await addKey(database.db, { ...wantedBy(acme, undefined), publicKey });
  await revokeCredential(database.db, { tenantId: acme.tenantId, credentialId: older.id });
  const newer = await addKey(database.db, { ...wantedBy(acme, undefined), publicKey });
  const identity = await askOnce(new Date(), (authenticator) => authenticator.byKey('acme', blob));
  expect(identity).toEqual(identityOf(acme, 'acme', newer.id));
});

describe('a stranger', () => {
  test.each([
    ['empty', ''],
    ['never issued', `rp_${'A'.repeat(43)}`],
    ['with a NUL', `rp_${'A'.repeat(42)}\0`],
    ['very long', 'x'.repeat(1_000_000)],
    ['an attempt at SQL', "' or true --"],
  ])('has no token: %s', async (_name, token) => {
    await expect(askOnce(new Date(), (authenticator) => authenticator.byToken(token))).resolves.toBeNull();
    await expect(askOnce(new Date(), (authenticator) => authenticator.byToken(token, 'acme'))).resolves.toBeNull();
  });

  test.each([
    ['empty', Buffer.alloc(0)],
    ['never added', newPublicKey().blob],
    ['very long', Buffer.alloc(300_000, 7)],
  ])('has no key: %s', async (_name, blob) => {
    await expect(askOnce(new Date(), (authenticator) => authenticator.byKey('acme', blob))).resolves.toBeNull();
    await expect(askOnce(new Date(), (authenticator) => authenticator.byKey('nobody', blob))).resolves.toBeNull();
  });

  test('learns nothing from the hash of a token', async () => {
    await issueToken(database.db, wantedBy(acme, undefined));
    const [row] = await database.db.knex('credentials').whereNotNull('token_hash').select<{ token_hash: Buffer }[]>('token_hash');
    const guesses = [row!.token_hash.toString('hex'), `rp_${row!.token_hash.toString('base64url')}`];
    for (const guess of guesses) {
      await expect(askOnce(new Date(), (authenticator) => authenticator.byToken(guess))).resolves.toBeNull();
    }
  });
});
