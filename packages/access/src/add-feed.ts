import { randomUUID } from 'node:crypto';

import type { Tx } from '@rosterport/database';
import { defaultFeedPolicy, Failure, type FeedId, type Mode, type SourceId, type TenantId } from '@rosterport/domain';

import { asFeed, type Feed } from './feed.ts';
import { requireSoundFeed } from './feed-problem.ts';
import { mergedPolicy, type PolicyChanges } from './policy-changes.ts';

/** What a new feed needs. */
export interface NewFeed {
  readonly tenantId: TenantId;
  /** 1 to 32 lower-case letters, digits and hyphens, a letter first. */
  readonly name: string;
  /** Name of its source, which is made where the tenant has none of that name; that of the feed where it is left out. */
  readonly source?: string | undefined;
  /** `delta` where it is left out. */
  readonly mode?: Mode | undefined;
  /** What it leaves out is as by default. */
  readonly policy?: PolicyChanges | undefined;
}

/**
 * Adds a feed to a source of the tenant, which may be a new one, in the caller's transaction. Failures: `feedInvalid`, which
 * names each problem, and `feedExists`.
 */
export async function addFeed(tx: Tx, wanted: NewFeed): Promise<Feed> {
  const { tenantId, name, source = name, mode = 'delta' } = wanted;
  const policy = mergedPolicy(defaultFeedPolicy, wanted.policy ?? {});
  requireSoundFeed({ name, source, mode, policy });
  const row = {
    ...{ id: randomUUID() as FeedId, tenant_id: tenantId, source_id: await sourceIdOf(tx, tenantId, source), name, mode },
    ...{ enabled: true, matches_by_email: false },
  };
  // Two who add one name at once: the second waits here for the first, then finds the name taken.
  const made = await tx('feeds')
    .insert({ ...row, policy: JSON.stringify(policy) })
    .onConflict(['tenant_id', 'name'])
    .ignore()
    .returning<{ id: string }[]>('id');
  if (made.length === 0) throw new Failure('feedExists', { values: { name } });
  return asFeed({ ...row, source, policy });
}

async function sourceIdOf(tx: Tx, tenantId: TenantId, name: string): Promise<SourceId> {
  const id = randomUUID() as SourceId;
  // The update changes nothing, but makes PostgreSQL tell the id of the source that is there.
  const [row] = await tx('sources')
    .insert({ id, tenant_id: tenantId, name })
    .onConflict(['tenant_id', 'name'])
    .merge(['name'])
    .returning<{ id: SourceId }[]>('id');
  return row?.id ?? id;
}
