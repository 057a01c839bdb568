import type { PoolClient } from '@rosterport/database';
import { defaultFeedPolicy, type FeedId, type FeedPolicy } from '@rosterport/domain';

/** The policy of a feed as it is at this moment; what it does not say is as by default. */
export async function feedPolicyOf(client: PoolClient, feedId: FeedId): Promise<FeedPolicy> {
  const { rows } = await client.query<{ policy: Partial<FeedPolicy> }>('select policy from feeds where id = $1', [feedId]);
  return { ...defaultFeedPolicy, ...rows[0]?.policy };
}
