import type { Tx } from '@rosterport/database';
import type { Mode, TenantId } from '@rosterport/domain';

import { asFeed, type Feed } from './feed.ts';
import { requireSoundFeed } from './feed-problem.ts';
import { findFeed } from './feeds.ts';
import { mergedPolicy, type PolicyChanges } from './policy-changes.ts';

/** What is to become of a feed; what is left out stays as it is. */
export interface FeedChanges {
  readonly mode?: Mode | undefined;
  readonly enabled?: boolean | undefined;
  readonly policy?: PolicyChanges | undefined;
}

/**
 * Changes a feed in the caller's transaction. A disabled feed leaves all people as they are; one that is enabled again finds
 * them by their e-mail first. Returns the feed before and after. Failures: `notFound`, and `feedInvalid`, which names
 * each problem.
 */
export async function changeFeed(
  tx: Tx,
  { tenantId, name }: { readonly tenantId: TenantId; readonly name: string },
  changes: FeedChanges,
): Promise<{ readonly before: Feed; readonly after: Feed }> {
  const { id } = await findFeed({ knex: tx }, tenantId, name);
  await tx('feeds').where({ id }).forUpdate().first('id');
  const before = await findFeed({ knex: tx }, tenantId, name);
  const { mode = before.mode, enabled = before.enabled } = changes;
  const policy = mergedPolicy(before.policy, changes.policy ?? {});
  requireSoundFeed({ name, source: before.source, mode, policy });
  const matchesByEmail = before.matchesByEmail || (enabled && !before.enabled);
  await tx('feeds').where({ id }).update({ mode, enabled, matches_by_email: matchesByEmail, policy: JSON.stringify(policy) });
  const row = { id, tenant_id: tenantId, source_id: before.sourceId, source: before.source, name, mode, enabled, policy };
  return { before, after: asFeed({ ...row, matches_by_email: matchesByEmail }) };
}
