import { addFeed, changeFeed, feedDifferences, type Feed, type FeedChanges, type NewFeed } from '@rosterport/access';
import { inTransaction, transactionClient, type Database } from '@rosterport/database';
import type { CredentialId, TenantId } from '@rosterport/domain';
import { noteEvent } from '@rosterport/jobs';
import { requireNoOption } from './clear-token-options.ts';

/** Who administers a tenant: one of its credentials, or an operator at the host (`null`). */
export interface Administrator {
  readonly tenantId: TenantId;
  readonly credentialId: CredentialId | null;
}

/** Adds a feed, with its event. Fails with `feedInvalid` and `feedExists`. */
export async function createFeed(
  database: Database,
  { tenantId, credentialId }: Administrator,
  wanted: Omit<NewFeed, 'tenantId'>,
): Promise<Feed> {
  await requireNoOption(database, tenantId, wanted.policy ?? {});
  return inTransaction(database, async (tx) => {
    const feed = await addFeed(tx, { ...wanted, tenantId });
    const details = { change: 'added', name: feed.name, source: feed.source, mode: feed.mode };
    await noteEvent(await transactionClient(tx), { tenantId, credentialId, kind: 'feedChanged', feedId: feed.id, details });
    return feed;
  });
}

/**
 * Changes a feed, with an event of each setting before and after; without one where nothing becomes another. Fails with
 * `notFound` and `feedInvalid`.
 */
export async function alterFeed(
  database: Database,
  { tenantId, credentialId }: Administrator,
  { name, ...changes }: FeedChanges & { readonly name: string },
): Promise<Feed> {
  await requireNoOption(database, tenantId, changes.policy ?? {});
  return inTransaction(database, async (tx) => {
    const { before, after } = await changeFeed(tx, { tenantId, name }, changes);
    const settings = feedDifferences(before, after);
    const details = { change: 'changed', name, settings };
    if (settings.length > 0) await noteEvent(await transactionClient(tx), { tenantId, credentialId, kind: 'feedChanged', feedId: after.id, details });
    return after;
  });
}
