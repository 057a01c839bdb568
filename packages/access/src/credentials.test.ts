import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';

import { beforeAll, describe, expect, test } from '@jest/globals';
import type { CredentialId, FeedId, Scope, TenantId } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';

import { addKey } from './add-key.ts';
import { listCredentials, revokeCredential } from './credentials.ts';
import type { Feed } from './feed.ts';
import { issueToken } from './issue-token.ts';
import type { NewCredential } from './new-credential.ts';
import { addTenant } from './tenants.ts';

const database = testDatabase();
const nobody = '00000000-0000-4000-8000-000000000000';
const ahead = new Date('2126-01-01T00:00:00.000Z');
let acme: Feed;
let other: Feed;

beforeAll(async () => {
  acme = (await addTenant(database.db, { name: 'acme' })).feed;
  other = (await addTenant(database.db, { name: 'other' })).feed;
});

/** Any 32 bytes do for a public key whose private half nobody needs. */
function newKeyLine(): string {
  const head = Buffer.from('\0\0\0\x0bssh-ed25519\0\0\0\x20', 'latin1');
  return `ssh-ed25519 ${Buffer.concat([head, randomBytes(32)]).toString('base64')} hr@example.com`;
}

/** The text of every row of every table. */
async function everythingStored(): Promise<string> {
  const tables = await database.db.knex.raw<{ rows: { name: string }[] }>(
    "select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public'",
  );
  const texts = tables.rows.map(async ({ name }) => {
    const { rows } = await database.db.knex.raw<{ rows: { text: string }[] }>(`select t::text as text from ${name} t`);
    return rows.map(({ text }) => text).join('\n');
  });
  return (await Promise.all(texts)).join('\n');
}

describe('a token', () => {
  test('is shown once, with all that may be known of it', async () => {
    const wanted = { tenantId: acme.tenantId, name: 'HR script', scopes: ['reports', 'upload', 'upload'], expiresAt: ahead };
    const { credential, token } = await issueToken(database.db, { ...wanted, scopes: wanted.scopes as Scope[] });
    expect(token).toMatch(/^rp_[A-Za-z0-9_-]{43}$/);
    expect(credential).toEqual({
      id: expect.any(String),
      tenantId: acme.tenantId,
      feedId: acme.id,
      mode: null,
      name: 'HR script',
      kind: 'token',
      scopes: ['upload', 'reports'],
      networks: [],
      partOf: null,
      fingerprint: null,
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      expiresAt: '2126-01-01T00:00:00.000Z',
      lastUsedAt: null,
      revokedAt: null,
    });
    expect(JSON.stringify(credential)).not.toContain(token.slice(3));
  });

  test('stands nowhere in the database, only its SHA-256 does', async () => {
    const { token } = await issueToken(database.db, { tenantId: acme.tenantId, name: 'hidden', scopes: ['upload'] });
    const stored = await everythingStored();
    expect(stored).toContain(createHash('sha256').update(token).digest('hex'));
    const secret = Buffer.from(token.slice(3), 'base64url');
    const forms = [token.slice(3), secret.toString('hex'), secret.toString('base64'), Buffer.from(token).toString('hex')];
    expect(forms.filter((form) => stored.includes(form))).toEqual([]);
  });
});

describe('a key', () => {
  test('is kept with its fingerprint', async () => {
    const publicKey = newKeyLine();
    const wanted = { tenantId: acme.tenantId, feedId: acme.id, name: 'HR server', scopes: ['upload'] as const, publicKey };
    const credential = await addKey(database.db, wanted);
    const blob = Buffer.from(publicKey.split(' ')[1]!, 'base64');
    const fingerprint = `SHA256:${createHash('sha256').update(blob).digest('base64').replace('=', '')}`;
    expect(credential).toMatchObject({ kind: 'sshKey', name: 'HR server', scopes: ['upload'], expiresAt: null, fingerprint });
  });

  test('belongs to one credential of the tenant, until that is revoked', async () => {
    const wanted = { tenantId: acme.tenantId, name: 'k', scopes: ['upload'] as const, publicKey: newKeyLine() };
    const first = await addKey(database.db, wanted);
    await expect(addKey(database.db, wanted)).rejects.toMatchObject({ code: 'publicKeyExists' });
    await revokeCredential(database.db, { tenantId: acme.tenantId, credentialId: first.id });
    await expect(addKey(database.db, wanted)).resolves.toMatchObject({ revokedAt: null });
    await expect(addKey(database.db, { ...wanted, tenantId: other.tenantId })).resolves.toBeDefined();
  });

  test('is added once when many add it at the same time', async () => {
    const wanted = { tenantId: acme.tenantId, name: 'k', scopes: ['upload'] as const, publicKey: newKeyLine() };
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => addKey(database.db, wanted)));
    const codes = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? 'made' : (outcome.reason as { code: string }).code));
    expect(codes.sort()).toEqual(['made', ...Array<string>(5).fill('publicKeyExists')]);
  });

  test('of the wrong half is kept nowhere', async () => {
    const privateKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const before = await listCredentials(database.db, acme.tenantId);
    const wanted = { tenantId: acme.tenantId, name: 'k', scopes: ['upload'] as const, publicKey: privateKey };
    await expect(addKey(database.db, wanted)).rejects.toMatchObject({ code: 'publicKeyInvalid' });
    await expect(listCredentials(database.db, acme.tenantId)).resolves.toEqual(before);
  });
});

describe('a credential is not made', () => {
  const good = { name: 'n', scopes: ['upload'] as readonly Scope[] };
  test.each<readonly [string, Partial<NewCredential>, string]>([
    ['without a name', { name: '' }, 'it has no name'],
    ['with a blank name', { name: ' \u3000' }, 'it has no name'],
    ['with a name too long', { name: 'x'.repeat(101) }, 'longer than 100'],
    ['with a NUL in its name', { name: 'a\0' }, 'control characters'],
    ['with a line end in its name', { name: 'a\nb' }, 'control characters'],
    ['without scopes', { scopes: [] }, 'it has no scope'],
    ['with an unknown scope', { scopes: ['upload', 'root' as Scope] }, 'does not exist'],
    ['that has expired', { expiresAt: new Date('2020-01-01') }, 'past already'],
    ['that expires at no moment', { expiresAt: new Date('soon') }, 'not a moment'],
  ])('%s', async (_name, change, problem) => {
    const wanted = { tenantId: acme.tenantId, ...good, ...change };
    const refusal = { code: 'credentialInvalid', message: expect.stringContaining(problem) };
    await expect(issueToken(database.db, wanted)).rejects.toMatchObject(refusal);
    await expect(addKey(database.db, { ...wanted, publicKey: newKeyLine() })).rejects.toMatchObject(refusal);
  });

  test.each([
    ['for a tenant that does not exist', { tenantId: nobody, what: 'tenant' }],
    ['for a tenant without a proper id', { tenantId: 'acme', what: 'tenant' }],
    ['for a feed that does not exist', { feedId: nobody, what: 'feed' }],
    ['for a feed without a proper id', { feedId: 'default', what: 'feed' }],
    ['for the feed of another tenant', { feedId: 'other', what: 'feed' }],
  ])('%s', async (_name, which: { tenantId?: string; feedId?: string; what: string }) => {
    const wanted = {
      ...good,
      tenantId: (which.tenantId ?? acme.tenantId) as TenantId,
      feedId: which.feedId === 'other' ? other.id : (which.feedId as FeedId | undefined),
    };
    const message = `There is no ${which.what} here by that name.`;
    await expect(issueToken(database.db, wanted)).rejects.toMatchObject({ code: 'notFound', message });
    await expect(addKey(database.db, { ...wanted, publicKey: newKeyLine() })).rejects.toMatchObject({ message });
  });
});

describe('the list', () => {
  test('holds all of the tenant and nothing of others, oldest first', async () => {
    const { tenant } = await addTenant(database.db, { name: 'listed' });
    const first = await issueToken(database.db, { tenantId: tenant.id, name: 'b', scopes: ['upload'] });
    const second = await addKey(database.db, { tenantId: tenant.id, name: 'a', scopes: ['upload'], publicKey: newKeyLine() });
    const revoked = await revokeCredential(database.db, { tenantId: tenant.id, credentialId: first.credential.id });
    await expect(listCredentials(database.db, tenant.id)).resolves.toEqual([revoked, second]);
  });

  test.each([nobody, 'acme', '\0'])('of the tenant %j is empty', async (tenantId) => {
    await expect(listCredentials(database.db, tenantId as TenantId)).resolves.toEqual([]);
  });
});

describe('revoking', () => {
  test('twice changes nothing the second time', async () => {
    const { credential } = await issueToken(database.db, { tenantId: acme.tenantId, name: 'r', scopes: ['upload'] });
    const which = { tenantId: acme.tenantId, credentialId: credential.id };
    const revoked = await revokeCredential(database.db, which);
    expect(revoked).toEqual({ ...credential, revokedAt: expect.stringMatching(/^\d{4}-.*Z$/) });
    await expect(revokeCredential(database.db, which)).resolves.toEqual(revoked);
  });

  test.each([nobody, 'r', '\0'])('the credential %j is not possible', async (credentialId) => {
    const which = { tenantId: acme.tenantId, credentialId: credentialId as CredentialId };
    await expect(revokeCredential(database.db, which)).rejects.toMatchObject({ code: 'notFound' });
  });

  test("another tenant's credential is not possible", async () => {
    const { credential } = await issueToken(database.db, { tenantId: acme.tenantId, name: 'r', scopes: ['upload'] });
    const which = { tenantId: other.tenantId, credentialId: credential.id };
    await expect(revokeCredential(database.db, which)).rejects.toMatchObject({ code: 'notFound' });
    const listed = await listCredentials(database.db, acme.tenantId);
    expect(listed.find(({ id }) => id === credential.id)).toEqual(credential);
  });
});
