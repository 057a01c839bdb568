import { describe, expect, test } from '@jest/globals';
import { openDatabase } from '@rosterport/database';
import { testDatabase } from '@rosterport/testing';

import { openAuthenticator } from './authenticator.ts';
import { listCredentials } from './credentials.ts';
import { issueToken } from './issue-token.ts';
import { openLastUseWriter } from './last-use.ts';
import { addTenant } from './tenants.ts';

const database = testDatabase();
const start = new Date('2100-03-01T08:00:00.000Z');
let tenants = 0;

function after(seconds: number): Date {
  return new Date(start.getTime() + seconds * 1000);
}

async function newSender() {
  const { tenant } = await addTenant(database.db, { name: `tenant-${(tenants += 1)}` });
  const { credential, token } = await issueToken(database.db, { tenantId: tenant.id, name: 's', scopes: ['upload'] });
  return {
    credentialId: credential.id,
    /** Asks once for each moment, and waits until the last use is written. */
    async use(now: Date, tenantName = tenant.name) {
      const authenticator = openAuthenticator(database.db, { clock: { now: () => now } });
      await authenticator.byToken(token, tenantName);
      await authenticator.close();
    },
    async lastUsedAt() {
      const [listed] = await listCredentials(database.db, tenant.id);
      return listed!.lastUsedAt;
    },
  };
}

describe('the last use', () => {
  test('is written at most once a minute', async () => {
    const sender = await newSender();
    const seen: (string | null)[] = [await sender.lastUsedAt()];
    for (const seconds of [0, 59, 60, 61, 180]) {
      await sender.use(after(seconds));
      seen.push(await sender.lastUsedAt());
    }
    const written = [0, 0, 60, 60, 180].map((seconds) => after(seconds).toISOString());
    expect(seen).toEqual([null, ...written]);
  });

  test("is not a look-up under another tenant's name", async () => {
    const sender = await newSender();
    await sender.use(start, 'other');
    expect(await sender.lastUsedAt()).toBeNull();
  });

  test('never goes back, and late notes do not write again within the minute', async () => {
    const sender = await newSender();
    await sender.use(after(100));
    const writer = openLastUseWriter(database.db, 5);
    for (const seconds of [0, 101, 159]) {
      writer.note({ credentialId: sender.credentialId, writtenAt: null, now: after(seconds) });
    }
    await writer.close();
    expect(await sender.lastUsedAt()).toBe(after(100).toISOString());
  });

  test('is not written after the end', async () => {
    const sender = await newSender();
    const writer = openLastUseWriter(database.db, 5);
    await writer.close();
    writer.note({ credentialId: sender.credentialId, writtenAt: null, now: start });
    await writer.close();
    expect(await sender.lastUsedAt()).toBeNull();
  });

  test('that cannot be written is dropped', async () => {
    const db = await openDatabase({ url: database.url, poolSize: 1 });
    await db.close();
    const sender = await newSender();
    const writer = openLastUseWriter(db, 5);
    writer.note({ credentialId: sender.credentialId, writtenAt: null, now: start });
    await expect(writer.close()).resolves.toBeUndefined();
    expect(await sender.lastUsedAt()).toBeNull();
  });

  test('does not make the look-up wait, and the end waits for it', async () => {
    const sender = await newSender();
    const blocker = await database.db.knex.transaction();
    await blocker('credentials').where({ id: sender.credentialId }).forUpdate().select('id');
    const writer = openLastUseWriter(database.db, 60);
    writer.note({ credentialId: sender.credentialId, writtenAt: null, now: start });
    let closed = false;
    const closing = writer.close().then(() => (closed = true));
    await sender.lastUsedAt();
    expect(closed).toBe(false);
    await blocker.commit();
    await closing;
    expect(await sender.lastUsedAt()).toBe(start.toISOString());
  });

  test('gives up on a database that does not answer', async () => {
    const sender = await newSender();
    const blocker = await database.db.knex.transaction();
    await blocker('credentials').where({ id: sender.credentialId }).forUpdate().select('id');
    const writer = openLastUseWriter(database.db, 0.05);
    writer.note({ credentialId: sender.credentialId, writtenAt: null, now: start });
    await expect(writer.close()).resolves.toBeUndefined();
    expect(await sender.lastUsedAt()).toBeNull();
    await blocker.rollback();
    // The write that was given up is ahead of this one in the queue for the row; let it end before the database closes.
    await database.db.knex('credentials').where({ id: sender.credentialId }).update({ name: 'renamed' });
  });
});
