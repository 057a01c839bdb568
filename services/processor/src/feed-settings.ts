import type { PoolClient } from '@rosterport/database';
import { completePolicy, type FeedId, type FeedPolicy } from '@rosterport/domain';

/** What a feed says about a file that is about to be processed. */
export interface FeedSettings {
  readonly policy: FeedPolicy;
  readonly enabled: boolean;
  /** True until the first file with people after the feed was enabled again is applied. */
  readonly matchesByEmail: boolean;
}

/** The settings of a feed as they are at this moment; what its policy does not say is as by default. */
export async function feedSettings(client: PoolClient, feedId: FeedId): Promise<FeedSettings> {
  const { rows } = await client.query<{ policy: Partial<FeedPolicy>; enabled: boolean; matches_by_email: boolean }>(
    'select policy, enabled, matches_by_email from feeds where id = $1',
    [feedId],
  );
  const [feed] = rows;
  if (feed === undefined) throw new TypeError('A job belongs to a feed that does not exist.');
  return { policy: completePolicy(feed.policy), enabled: feed.enabled, matchesByEmail: feed.matches_by_email };
}

/** Notes that the people of a feed that was enabled again have been found by their e-mail. */
export async function endEmailMatching(client: PoolClient, feedId: FeedId): Promise<void> {
  await client.query('update feeds set matches_by_email = false where id = $1 and matches_by_email', [feedId]);
}
