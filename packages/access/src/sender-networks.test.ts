import { beforeAll, describe, expect, test } from '@jest/globals';
import { openDatabase } from '@rosterport/database';
import { testDatabase } from '@rosterport/testing';
import { generateKeyPairSync } from 'node:crypto';
import ssh2 from 'ssh2';

import { addFurtherKey, addKey } from './add-key.ts';
import { openAuthenticator } from './authenticator.ts';
import { changeTenant } from './change-tenant.ts';
import { listCredentials, revokeCredential } from './credentials.ts';
import { issueToken } from './issue-token.ts';
import { readPublicKey } from './public-key.ts';
import { addTenant, findTenant, type Tenant } from './tenants.ts';

const database = testDatabase();
const inside = '10.1.2.3';
const outside = '192.0.2.9';
let serial = 0;

async function newTenant(): Promise<Tenant> {
  return (await addTenant(database.db, { name: `tenant-${(serial += 1)}` })).tenant;
}

function newPublicKey(): { readonly text: string; readonly blob: Buffer } {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256', privateKeyEncoding: { type: 'sec1', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } });
  const key = ssh2.utils.parseKey(privateKey) as ssh2.ParsedKey;
  const blob = key.getPublicSSH();
  return { text: `${key.type} ${blob.toString('base64')}`, blob };
}

async function ask<T>(question: (of: ReturnType<typeof openAuthenticator>) => Promise<T>, db = database.db): Promise<T> {
  const authenticator = openAuthenticator(db);
  return question(authenticator).finally(() => authenticator.close());
}

describe('networks', () => {
  test.each([
    ['neither', [], [], [inside, outside, undefined]],
    ['the tenant', ['10.0.0.0/8'], [], [inside]],
    ['the credential', [], ['192.0.2.0/24', '10.0.0.0/8'], [inside, outside]],
    ['both', ['10.0.0.0/8', '192.0.2.0/24'], ['10.0.0.0/16'], []],
    ['both, one address in common', ['10.0.0.0/8'], ['0.0.0.0/0'], [inside]],
  ])('bound to by %s', async (_who, ofTenant, ofCredential, accepted) => {
    const { id: tenantId, name } = await newTenant();
    await changeTenant(database.db, name, { networks: ofTenant });
    const { token } = await issueToken(database.db, { tenantId, name: 't', scopes: ['upload'], networks: ofCredential });
    const { text, blob } = newPublicKey();
    await addKey(database.db, { tenantId, name: 'k', scopes: ['upload'], networks: ofCredential, publicKey: text });
    for (const address of [inside, outside, undefined]) {
      const expected = accepted.includes(address as never);
      expect([address, (await ask((of) => of.byToken(token, name, address))) !== null]).toEqual([address, expected]);
      expect([address, (await ask((of) => of.byKey(name, blob, address))) !== null]).toEqual([address, expected]);
    }
  });

  test('bind while the database is away too, and a refused use is no use', async () => {
    const { id: tenantId } = await newTenant();
    const { token } = await issueToken(database.db, { tenantId, name: 't', scopes: ['upload'], networks: ['10.0.0.0/8'] });
    await ask((of) => of.byToken(token, undefined, outside));
    expect((await listCredentials(database.db, tenantId))[0]?.lastUsedAt).toBeNull();
    const db = await openDatabase({ url: database.url });
    const authenticator = openAuthenticator(db);
    expect(await authenticator.byToken(token, undefined, inside)).not.toBeNull();
    await authenticator.close();
    await db.close();
    expect([await authenticator.byToken(token, undefined, inside), await authenticator.byToken(token, undefined, outside)]).toEqual([expect.anything(), null]);
  });

  test('that are none are refused', async () => {
    const { id: tenantId, name } = await newTenant();
    const wanted = { tenantId, name: 't', scopes: ['upload'] as const, networks: ['10.0.0.1/8'] };
    const refusal = { code: 'networkInvalid', message: 'The networks cannot be used: `10.0.0.1/8` is none.' };
    await expect(issueToken(database.db, wanted)).rejects.toMatchObject(refusal);
    await expect(changeTenant(database.db, name, { networks: ['10.0.0.1/8'] })).rejects.toMatchObject(refusal);
    expect(await listCredentials(database.db, tenantId)).toEqual([]);
  });
});

describe('a further key', () => {
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await newTenant();
  });

  async function tokenWithKey(further: { readonly expiresAt?: Date; readonly networks?: readonly string[] } = {}) {
    const { credential, token } = await issueToken(database.db, { tenantId: tenant.id, name: 't', scopes: ['upload', 'reports'], networks: ['10.0.0.0/8'] });
    const { text, blob } = newPublicKey();
    const key = await addFurtherKey(database.db, { tenantId: tenant.id, partOf: credential.id, name: 'new server', publicKey: text, ...further });
    const whose = async (address = inside) => (await ask((of) => of.byKey(tenant.name, blob, address)))?.credentialId ?? null;
    return { credential, token, key, whose };
  }

  test('proves the sender of the credential', async () => {
    const { credential, key, whose } = await tokenWithKey();
    expect(key).toMatchObject({ partOf: credential.id, kind: 'sshKey', scopes: ['upload', 'reports'], feedId: credential.feedId });
    expect(await whose()).toBe(credential.id);
    const listed = await listCredentials(database.db, tenant.id);
    const usedAt = (id: string) => listed.find((one) => one.id === id)?.lastUsedAt;
    expect([usedAt(key.id), usedAt(credential.id)]).toEqual([expect.any(String), null]);
  });

  test.each([
    ['is bound to networks of its own', { networks: ['10.1.0.0/16'] }, '10.2.0.1'],
    ['is bound to the networks of the credential', {}, outside],
  ])('%s', async (_story, further, address) => {
    const { credential, whose } = await tokenWithKey(further);
    expect([await whose(), await whose(address)]).toEqual([credential.id, null]);
  });

  test('is revoked alone', async () => {
    const { key, token, whose } = await tokenWithKey();
    await revokeCredential(database.db, { tenantId: tenant.id, credentialId: key.id });
    expect([await whose(), await ask((of) => of.byToken(token, tenant.name, inside))]).toEqual([null, expect.anything()]);
  });

  test('goes with the credential', async () => {
    const { credential, key, whose } = await tokenWithKey();
    await revokeCredential(database.db, { tenantId: tenant.id, credentialId: credential.id });
    expect(await whose()).toBeNull();
    expect((await listCredentials(database.db, tenant.id)).find(({ id }) => id === key.id)?.revokedAt).not.toBeNull();
  });

  test('expires for itself', async () => {
    const { credential, token } = await issueToken(database.db, { tenantId: tenant.id, name: 't', scopes: ['upload'] });
    const { text, blob } = newPublicKey();
    const expiresAt = new Date('2126-01-01T00:00:00.000Z');
    await addFurtherKey(database.db, { tenantId: tenant.id, partOf: credential.id, name: 'k', publicKey: text, expiresAt });
    const later = openAuthenticator(database.db, { clock: { now: () => expiresAt } });
    expect([await later.byKey(tenant.name, blob), await later.byToken(token)]).toEqual([null, expect.anything()]);
    await later.close();
  });

  test('needs a credential of the tenant that is in force and whole', async () => {
    const { credential, key } = await tokenWithKey();
    const { id: otherId } = await newTenant();
    const add = (tenantId: Tenant['id'], partOf: typeof credential.id) =>
      addFurtherKey(database.db, { tenantId, partOf, name: 'k', publicKey: newPublicKey().text });
    await expect(add(otherId, credential.id)).rejects.toMatchObject({ code: 'notFound' });
    await expect(add(tenant.id, key.id)).rejects.toMatchObject({ code: 'notFound' });
    await revokeCredential(database.db, { tenantId: tenant.id, credentialId: credential.id });
    await expect(add(tenant.id, credential.id)).rejects.toMatchObject({ code: 'notFound' });
  });
});

test('a key of RFC 4716 is the key of its OpenSSH line', () => {
  const { text, blob } = newPublicKey();
  const body = blob.toString('base64').replaceAll(/.{1,70}/g, '$&\n');
  const file = `---- BEGIN SSH2 PUBLIC KEY ----\nComment: "a \\\nlong one"\n${body}---- END SSH2 PUBLIC KEY ----\n`;
  expect(readPublicKey(file)).toEqual(readPublicKey(text));
});

test('a tenant is changed by what is said alone', async () => {
  const { name } = await newTenant();
  expect(await changeTenant(database.db, name, { dailyBytes: 5_000_000_000_000, dailyFiles: 10 })).toMatchObject({ networks: [], dailyBytes: 5_000_000_000_000, dailyFiles: 10 });
  expect(await changeTenant(database.db, name, { dailyFiles: null, networks: ['::1'] })).toMatchObject({ networks: ['::1'], dailyBytes: 5_000_000_000_000, dailyFiles: null });
  expect(await changeTenant(database.db, name, {})).toEqual(await findTenant(database.db, name));
  await expect(changeTenant(database.db, 'nobody', { dailyFiles: 1 })).rejects.toMatchObject({ code: 'notFound' });
});
