import { randomUUID } from 'node:crypto';
import type { Database } from '@rosterport/database';
import { defaultFeedPolicy, type Envelope, type FeedId, type JobId, type SourceId, type TenantId } from '@rosterport/domain';

/** A tenant of its own with some feeds, and envelopes for them. */
export interface Sender {
  readonly tenantId: TenantId;
  readonly feedIds: readonly FeedId[];
  /** An envelope sealed `second` seconds after a fixed moment, for the feed of that index. */
  envelope(second: number, feed?: number): Envelope;
}

/** Makes a tenant with as many feeds as asked for. */
export async function sender(db: Database, feeds = 1): Promise<Sender> {
  const tenantId = randomUUID() as TenantId;
  const sourceId = randomUUID() as SourceId;
  const feedIds = Array.from({ length: feeds }, () => randomUUID() as FeedId);
  await db.knex('tenants').insert({ id: tenantId, name: `t-${tenantId}` });
  await db.knex('sources').insert({ id: sourceId, tenant_id: tenantId, name: 'files' });
  for (const [index, id] of feedIds.entries()) {
    const policy = JSON.stringify(defaultFeedPolicy);
    await db.knex('feeds').insert({ id, tenant_id: tenantId, source_id: sourceId, name: `feed ${index}`, policy });
  }
  return {
    tenantId,
    feedIds,
    envelope: (second, feed = 0) => ({
      ...{ version: 1, jobId: randomUUID() as JobId, tenantId, credentialId: null, channel: 'https', fileName: `${second}.csv` },
      ...{ mode: 'delta', dryRun: false, size: 12, sha256: 'ab', receivedAt: new Date(0).toISOString() },
      feedId: feedIds[feed] ?? (randomUUID() as FeedId),
      sealedAt: new Date(second * 1_000).toISOString(),
    }),
  };
}
