import { describe, expect, test } from '@jest/globals';
import { defaultFeedPolicy, type FeedId, type TenantId } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';

import { feedOf, findFeed } from './feeds.ts';
import { addTenant, findTenant, isTenantName, listTenants } from './tenants.ts';

const database = testDatabase();

async function count(table: string, where: Record<string, string>): Promise<number> {
  const [row] = await database.db.knex(table).where(where).count<{ count: string }[]>();
  return Number(row!.count);
}

describe('a new tenant', () => {
  test('has one source and one feed', async () => {
    const { tenant, feed } = await addTenant(database.db, { name: 'acme' });
    expect(tenant).toEqual({ id: expect.any(String), name: 'acme', createdAt: expect.stringMatching(/^\d{4}-.*Z$/), networks: [], dailyBytes: null, dailyFiles: null });
    expect(feed).toEqual({
      id: expect.any(String),
      tenantId: tenant.id,
      sourceId: expect.any(String),
      source: 'files',
      name: 'default',
      mode: 'delta',
      enabled: true,
      matchesByEmail: false,
      policy: defaultFeedPolicy,
    });
    const sources = await database.db.knex('sources').where({ tenant_id: tenant.id }).select<object[]>('id', 'name');
    expect(sources).toEqual([{ id: feed.sourceId, name: 'files' }]);
  });

  test('is found by its name and listed by name', async () => {
    const { tenant: zeta } = await addTenant(database.db, { name: 'zeta' });
    const { tenant: beta } = await addTenant(database.db, { name: 'beta' });
    await expect(findTenant(database.db, 'zeta')).resolves.toEqual(zeta);
    const listed = await listTenants(database.db);
    expect(listed.filter(({ name }) => ['beta', 'zeta'].includes(name))).toEqual([beta, zeta]);
  });

  test('may not bear the name of another', async () => {
    const { tenant } = await addTenant(database.db, { name: 'twice' });
    await expect(addTenant(database.db, { name: 'twice' })).rejects.toMatchObject({
      code: 'tenantExists',
      message: 'A tenant named `twice` exists already.',
    });
    expect(await count('feeds', { tenant_id: tenant.id })).toBe(1);
  });

  test('is made once when many make it at the same time', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, () => addTenant(database.db, { name: 'crowded' })),
    );
    const made = outcomes.filter((outcome) => outcome.status === 'fulfilled');
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(made).toHaveLength(1);
    expect(refused.map(({ reason }) => (reason as { code: string }).code)).toEqual(Array(7).fill('tenantExists'));
    expect(await count('tenants', { name: 'crowded' })).toBe(1);
    expect(await count('sources', { tenant_id: made[0]!.value.tenant.id })).toBe(1);
    expect(await count('feeds', { tenant_id: made[0]!.value.tenant.id })).toBe(1);
  });
});

describe('a name', () => {
  test.each(['a', 'acme', 'acme-2', 'a--', 'x'.repeat(32)])('%s is accepted', async (name) => {
    expect(isTenantName(name)).toBe(true);
    await expect(findTenant(database.db, name).catch(() => addTenant(database.db, { name }))).resolves.toBeDefined();
  });

  test.each(['', 'Acme', '2acme', '-acme', 'ac me', 'ac_me', 'acme\n', 'acmé', 'a\0', '../a', 'x'.repeat(33)])(
    '%j is refused, and nobody has it',
    async (name) => {
      await expect(addTenant(database.db, { name })).rejects.toMatchObject({ code: 'tenantNameInvalid' });
      await expect(findTenant(database.db, name)).rejects.toMatchObject({ code: 'notFound' });
    },
  );

  test('is repeated in part only when it is very long', async () => {
    const refusal = addTenant(database.db, { name: 'x'.repeat(1_000_000) });
    await expect(refusal).rejects.toMatchObject({ message: expect.stringMatching(/^.{1,100}$/) });
  });
});

describe('a feed', () => {
  test('is found by its id and by its name', async () => {
    const { tenant, feed } = await addTenant(database.db, { name: 'feeder' });
    await expect(feedOf(database.db, feed.id)).resolves.toEqual(feed);
    await expect(findFeed(database.db, tenant.id, 'default')).resolves.toEqual(feed);
  });

  test('keeps its policy, and settings that it lacks have their default', async () => {
    const { feed } = await addTenant(database.db, { name: 'strict' });
    await database.db.knex('feeds').where({ id: feed.id }).update({ mode: 'full', policy: '{"rowError":"rejectFile"}' });
    await expect(feedOf(database.db, feed.id)).resolves.toEqual({
      ...feed,
      mode: 'full',
      policy: { ...defaultFeedPolicy, rowError: 'rejectFile' },
    });
  });

  const nobody = '00000000-0000-4000-8000-000000000000';
  test.each([nobody, 'default', '', '\0'])('there is none with the id %j', async (id) => {
    await expect(feedOf(database.db, id as FeedId)).rejects.toMatchObject({ code: 'notFound' });
    await expect(findFeed(database.db, id as TenantId, 'default')).rejects.toMatchObject({ code: 'notFound' });
  });

  test.each(['other', 'Default', '', 'default\0'])('there is none with the name %j', async (name) => {
    const tenants = await listTenants(database.db);
    await expect(findFeed(database.db, tenants[0]!.id, name)).rejects.toMatchObject({
      code: 'notFound',
      message: 'There is no feed here by that name.',
    });
  });
});
