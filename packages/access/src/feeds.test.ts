import { describe, expect, test } from '@jest/globals';
import { inTransaction, openDatabase } from '@rosterport/database';
import { defaultFeedPolicy, type TenantId } from '@rosterport/domain';
import { openLink, testDatabase } from '@rosterport/testing';

import { addFeed, type NewFeed } from './add-feed.ts';
import { changeFeed, type FeedChanges } from './change-feed.ts';
import { feedDifferences } from './feed-differences.ts';
import { feedOf, findFeed, listFeeds } from './feeds.ts';
import { issueToken } from './issue-token.ts';
import { openKnownFeeds } from './known-feeds.ts';
import { addTenant } from './tenants.ts';

const database = testDatabase();
let made = 0;

async function newTenant(): Promise<TenantId> {
  return (await addTenant(database.db, { name: `tenant-${(made += 1)}` })).tenant.id;
}

const add = (wanted: NewFeed) => inTransaction(database.db, (tx) => addFeed(tx, wanted));
const change = (tenantId: TenantId, name: string, changes: FeedChanges) =>
  inTransaction(database.db, (tx) => changeFeed(tx, { tenantId, name }, changes));

describe('a new feed', () => {
  test('has what was asked, the rest as by default, and a source of its own', async () => {
    const tenantId = await newTenant();
    const feed = await add({ tenantId, name: 'nightly', mode: 'full', policy: { clearToken: '#CLEAR', guards: { updates: null } } });
    expect(feed).toMatchObject({ name: 'nightly', source: 'nightly', mode: 'full', enabled: true, matchesByEmail: false });
    expect(feed.policy).toEqual({ ...defaultFeedPolicy, clearToken: '#CLEAR', guards: { ...defaultFeedPolicy.guards, updates: null } });
    expect(await feedOf(database.db, feed.id)).toEqual(feed);
    expect((await listFeeds(database.db, tenantId)).map(({ name, source }) => [name, source])).toEqual([
      ['default', 'files'],
      ['nightly', 'nightly'],
    ]);
  });

  test('may belong to a source that is there', async () => {
    const tenantId = await newTenant();
    const feed = await add({ tenantId, name: 'nightly', source: 'files' });
    expect(feed.sourceId).toBe((await findFeed(database.db, tenantId, 'default')).sourceId);
    expect(await database.db.knex('sources').where({ tenant_id: tenantId }).count()).toEqual([{ count: '1' }]);
  });

  test('may not bear the name of another of its tenant, and then leaves no source behind', async () => {
    const [tenantId, other] = [await newTenant(), await newTenant()];
    await expect(add({ tenantId, name: 'default', source: 'fresh' })).rejects.toMatchObject({ code: 'feedExists' });
    expect(await database.db.knex('sources').where({ tenant_id: tenantId }).count()).toEqual([{ count: '1' }]);
    await add({ tenantId, name: 'nightly' });
    await add({ tenantId: other, name: 'nightly' });
  });

  test('is not made when it cannot be like that', async () => {
    const tenantId = await newTenant();
    const adding = add({ tenantId, name: 'nightly', policy: { guards: { updates: { share: 7 } } } });
    await expect(adding).rejects.toMatchObject({ code: 'feedInvalid', message: expect.stringContaining('between 0 and 1') });
    expect(await listFeeds(database.db, tenantId)).toHaveLength(1);
  });
});

describe('a feed that is changed', () => {
  test('keeps what is not named, and tells what became another', async () => {
    const tenantId = await newTenant();
    await change(tenantId, 'default', { policy: { guards: { swappedIds: false } } });
    const { before, after } = await change(tenantId, 'default', { mode: 'full', policy: { guards: { deactivations: { share: 0.2, people: 9 } } } });
    expect(await findFeed(database.db, tenantId, 'default')).toEqual(after);
    expect(after.policy.guards).toMatchObject({ swappedIds: false, deactivations: { share: 0.2, people: 9 }, updates: { share: 0.75 } });
    expect(feedDifferences(before, after)).toEqual([
      { setting: 'mode', before: 'delta', after: 'full' },
      { setting: 'guards.deactivations', before: { share: 0.1, people: 5 }, after: { share: 0.2, people: 9 } },
    ]);
    expect(feedDifferences(after, after)).toEqual([]);
  });

  test('matches by e-mail from the time it is enabled again', async () => {
    const tenantId = await newTenant();
    expect((await change(tenantId, 'default', { enabled: true })).after).toMatchObject({ enabled: true, matchesByEmail: false });
    expect((await change(tenantId, 'default', { enabled: false })).after).toMatchObject({ enabled: false, matchesByEmail: false });
    const { before, after } = await change(tenantId, 'default', { enabled: true });
    expect(after).toMatchObject({ enabled: true, matchesByEmail: true });
    expect(feedDifferences(before, after)).toEqual([{ setting: 'enabled', before: false, after: true }]);
    expect((await change(tenantId, 'default', { mode: 'full' })).after.matchesByEmail).toBe(true);
  });

  test('stays as it was when it cannot be like that', async () => {
    const tenantId = await newTenant();
    await expect(change(tenantId, 'default', { mode: 'full', policy: { clearToken: '0' } })).rejects.toMatchObject({ code: 'feedInvalid' });
    expect(await findFeed(database.db, tenantId, 'default')).toMatchObject({ mode: 'delta', policy: defaultFeedPolicy });
  });

  test.each(['nightly', 'a\0b', ''])('is there: %j', async (name) => {
    await expect(change(await newTenant(), name, {})).rejects.toMatchObject({ code: 'notFound' });
  });
});

test('a credential may have a feed and a mode of its own', async () => {
  const tenantId = await newTenant();
  const { id } = await add({ tenantId, name: 'nightly' });
  const wanted = { tenantId, name: 'HR', scopes: ['upload'], feedId: id } as const;
  expect((await issueToken(database.db, { ...wanted, mode: 'full' })).credential).toMatchObject({ feedId: id, mode: 'full' });
  expect((await issueToken(database.db, wanted)).credential.mode).toBeNull();
  await expect(issueToken(database.db, { ...wanted, mode: 'half' as 'full' })).rejects.toMatchObject({ code: 'credentialInvalid' });
});

test('what doors know of feeds outlasts the database', async () => {
  const tenantId = await newTenant();
  const link = await openLink(database.url);
  const far = await openDatabase({ url: link.url, poolSize: 2 });
  const known = openKnownFeeds(far);
  await expect(known.idOf(tenantId, 'nightly')).rejects.toMatchObject({ code: 'notFound' });
  const { id } = await add({ tenantId, name: 'nightly' });
  expect(await known.idOf(tenantId, 'nightly')).toBe(id);
  expect(await known.names(tenantId)).toEqual(['default', 'nightly']);
  link.cut();
  expect(await known.idOf(tenantId, 'nightly')).toBe(id);
  expect(await known.names(tenantId)).toEqual(['default', 'nightly']);
  await expect(known.idOf(tenantId, 'default')).rejects.toMatchObject({ code: 'databaseUnavailable' });
  await expect(known.names(await newTenant())).rejects.toMatchObject({ code: 'databaseUnavailable' });
  await far.close();
  await link.close();
});
