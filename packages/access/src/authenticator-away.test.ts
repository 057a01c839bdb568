import { randomBytes } from 'node:crypto';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openDatabase, type Database } from '@rosterport/database';
import { openLink, testDatabase, type Link } from '@rosterport/testing';

import { addKey } from './add-key.ts';
import { openAuthenticator, type Authenticator } from './authenticator.ts';
import { revokeCredential } from './credentials.ts';
import type { Credential } from './credential.ts';
import { issueToken } from './issue-token.ts';
import { addTenant, type Tenant } from './tenants.ts';

const near = testDatabase();
const start = new Date('2100-03-01T08:00:00.000Z');
const unavailable = { code: 'databaseUnavailable', retry: true };
let now: Date;
let link: Link;
let far: Database;
let acme: Tenant;
let opened: Authenticator[];

beforeAll(async () => {
  acme = (await addTenant(near.db, { name: 'acme' })).tenant;
  await addTenant(near.db, { name: 'other' });
  link = await openLink(near.url);
  far = await openDatabase({ url: link.url, poolSize: 3 });
});

afterAll(async () => {
  await far.close();
  await link.close();
});

beforeEach(() => {
  now = start;
  opened = [];
  link.mend();
});

afterEach(() => Promise.all(opened.map((authenticator) => authenticator.close())));

function open(options: { readonly rememberSeconds?: number; readonly answerSeconds?: number } = {}): Authenticator {
  const authenticator = openAuthenticator(far, { clock: { now: () => now }, ...options });
  opened.push(authenticator);
  return authenticator;
}

function pass(seconds: number): void {
  now = new Date(now.getTime() + seconds * 1000);
}

async function newToken(expiresAt?: Date): Promise<{ readonly credential: Credential; readonly token: string }> {
  return issueToken(near.db, { tenantId: acme.id, name: 'sender', scopes: ['upload'], expiresAt });
}

function revoke(credential: Credential): Promise<Credential> {
  return revokeCredential(near.db, { tenantId: acme.id, credentialId: credential.id });
}

describe('while the database is away', () => {
  test('a token that was proved lately is known, and no other', async () => {
    const authenticator = open();
    const { token } = await newToken();
    const unused = await newToken();
    const identity = await authenticator.byToken(token, 'acme');
    link.cut();
    expect(identity).not.toBeNull();
    await expect(authenticator.byToken(token, 'acme')).resolves.toEqual(identity);
    await expect(authenticator.byToken(token)).resolves.toEqual(identity);
    await expect(authenticator.byToken(token, 'other')).resolves.toBeNull();
    await expect(authenticator.byToken('no token')).resolves.toBeNull();
    await expect(authenticator.byToken(unused.token, 'acme')).rejects.toMatchObject(unavailable);
    await expect(open().byToken(token, 'acme')).rejects.toMatchObject(unavailable);
  });

  test('a key that was proved lately is known, under its own tenant only', async () => {
    const authenticator = open();
    // Any 32 bytes do for a public key whose private half nobody needs.
    const head = Buffer.from('\0\0\0\x0bssh-ed25519\0\0\0\x20', 'latin1');
    const blob = Buffer.concat([head, randomBytes(32)]);
    const publicKey = `ssh-ed25519 ${blob.toString('base64')}`;
    await addKey(near.db, { tenantId: acme.id, name: 'k', scopes: ['upload'], publicKey });
    const identity = await authenticator.byKey('acme', blob);
    link.cut();
    expect(identity).not.toBeNull();
    await expect(authenticator.byKey('acme', blob)).resolves.toEqual(identity);
    await expect(authenticator.byKey('other', blob)).rejects.toMatchObject(unavailable);
    await expect(authenticator.byKey('acme', blob.subarray(1))).rejects.toMatchObject(unavailable);
  });

  test.each([
    [undefined, 300],
    [60, 60],
  ])('with rememberSeconds %s a token is known for %d seconds', async (rememberSeconds, seconds) => {
    const authenticator = open(rememberSeconds === undefined ? {} : { rememberSeconds });
    const { token } = await newToken();
    await authenticator.byToken(token);
    link.cut();
    pass(seconds);
    await expect(authenticator.byToken(token)).resolves.not.toBeNull();
    pass(1);
    await expect(authenticator.byToken(token)).rejects.toMatchObject(unavailable);
  });

  test('an answer from memory does not make the memory last longer', async () => {
    const authenticator = open();
    const { token } = await newToken();
    await authenticator.byToken(token);
    link.cut();
    for (const seconds of [150, 150]) {
      pass(seconds);
      await expect(authenticator.byToken(token)).resolves.not.toBeNull();
    }
    pass(1);
    await expect(authenticator.byToken(token)).rejects.toMatchObject(unavailable);
  });

  test('nothing is known without a memory', async () => {
    const authenticator = open({ rememberSeconds: 0 });
    const { token } = await newToken();
    await expect(authenticator.byToken(token)).resolves.not.toBeNull();
    link.cut();
    await expect(authenticator.byToken(token)).rejects.toMatchObject(unavailable);
  });

  test('a token that expires meanwhile is refused', async () => {
    const authenticator = open();
    const { token } = await newToken(new Date(start.getTime() + 10_000));
    await expect(authenticator.byToken(token)).resolves.not.toBeNull();
    link.cut();
    pass(9);
    await expect(authenticator.byToken(token)).resolves.not.toBeNull();
    pass(1);
    await expect(authenticator.byToken(token)).resolves.toBeNull();
  });

  test('a token that was refused before stays unknown', async () => {
    const authenticator = open();
    const { credential, token } = await newToken();
    await authenticator.byToken(token);
    await revoke(credential);
    await expect(authenticator.byToken(token)).resolves.toBeNull();
    link.cut();
    await expect(authenticator.byToken(token)).rejects.toMatchObject(unavailable);
  });

  test('a database that only stays silent counts as away', async () => {
    const authenticator = open({ answerSeconds: 2 });
    const { token } = await newToken();
    const unused = await newToken();
    const identity = await authenticator.byToken(token);
    expect(identity).not.toBeNull();
    link.clog();
    await Promise.all([
      expect(authenticator.byToken(token)).resolves.toEqual(identity),
      expect(authenticator.byToken(unused.token)).rejects.toMatchObject(unavailable),
    ]);
  });

  test('a connection that dies under a query is the same', async () => {
    const authenticator = open({ answerSeconds: 60 });
    const { token } = await newToken();
    const identity = await authenticator.byToken(token);
    expect(identity).not.toBeNull();
    link.clog();
    const waiting = authenticator.byToken(token);
    link.cut();
    await expect(waiting).resolves.toEqual(identity);
  });
});

describe('when the database is back', () => {
  test('its answer wins: a revoked token is refused at once', async () => {
    const authenticator = open();
    const { credential, token } = await newToken();
    await authenticator.byToken(token);
    link.cut();
    await revoke(credential);
    await expect(authenticator.byToken(token)).resolves.not.toBeNull();
    link.mend();
    await expect(authenticator.byToken(token)).resolves.toBeNull();
  });

  test('its answer refreshes the memory', async () => {
    const authenticator = open();
    const { token } = await newToken();
    await authenticator.byToken(token);
    pass(299);
    await authenticator.byToken(token);
    link.cut();
    pass(299);
    await expect(authenticator.byToken(token)).resolves.not.toBeNull();
  });
});

test('a server that refuses connections is away too', async () => {
  const gone = await openLink(near.url);
  const db = await openDatabase({ url: gone.url, poolSize: 1 });
  const authenticator = openAuthenticator(db, { clock: { now: () => now } });
  const { token } = await newToken();
  const identity = await authenticator.byToken(token);
  await gone.close();
  await expect(authenticator.byToken(token)).resolves.toEqual(identity);
  await expect(authenticator.byToken(`rp_${'A'.repeat(43)}`)).rejects.toMatchObject(unavailable);
  await authenticator.close();
  await db.close();
});

test('an error that does not mean "away" is no reason to use the memory', async () => {
  const db = await openDatabase({ url: near.url, poolSize: 1 });
  const authenticator = openAuthenticator(db);
  const { token } = await newToken();
  await authenticator.byToken(token);
  await authenticator.close();
  await db.knex.raw('set search_path = nowhere');
  await expect(authenticator.byToken(token)).rejects.toMatchObject({ code: '42P01' });
  await db.close();
});
