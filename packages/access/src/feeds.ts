import { randomUUID } from 'node:crypto';

import type { Database, Tx } from '@rosterport/database';
import {
  completePolicy,
  defaultFeedPolicy,
  Failure,
  isId,
  type FeedId,
  type FeedPolicy,
  type Mode,
  type SourceId,
  type TenantId,
} from '@rosterport/domain';

/** A stream of files of one source with one policy. */
export interface Feed {
  readonly id: FeedId;
  readonly tenantId: TenantId;
  readonly sourceId: SourceId;
  /** Unique within the tenant. */
  readonly name: string;
  /** What absence from a file means where neither the request nor the folder says so. */
  readonly mode: Mode;
  readonly policy: FeedPolicy;
}

interface FeedRow {
  readonly id: FeedId;
  readonly tenant_id: TenantId;
  readonly source_id: SourceId;
  readonly name: string;
  readonly mode: Mode;
  readonly policy: Partial<FeedPolicy>;
}

/** Makes a feed of a source, in delta mode and with the default policy. */
export async function addFeed(
  tx: Tx,
  feed: { readonly tenantId: TenantId; readonly sourceId: SourceId; readonly name: string },
): Promise<Feed> {
  const made: Feed = { id: randomUUID() as FeedId, ...feed, mode: 'delta', policy: defaultFeedPolicy };
  await tx('feeds').insert({
    id: made.id,
    tenant_id: made.tenantId,
    source_id: made.sourceId,
    name: made.name,
    mode: made.mode,
    policy: JSON.stringify(made.policy),
  });
  return made;
}

/** The feed of that id, whatever its tenant. Failure: `notFound`. */
export async function feedOf(db: Database, feedId: FeedId): Promise<Feed> {
  // PostgreSQL would answer a malformed id with a syntax error instead of no rows.
  const row = isId(feedId) ? await db.knex<FeedRow>('feeds').where({ id: feedId }).first() : undefined;
  return found(row);
}

/** The tenant's feed of that exact name. Failure: `notFound`. */
export async function findFeed(db: Database, tenantId: TenantId, name: string): Promise<Feed> {
  const askable = isId(tenantId) && !name.includes('\0');
  return found(askable ? await db.knex<FeedRow>('feeds').where({ tenant_id: tenantId, name }).first() : undefined);
}

function found(row: FeedRow | undefined): Feed {
  if (row === undefined) throw new Failure('notFound', { values: { what: 'feed' } });
  return {
    id: row.id,
    tenantId: row.tenant_id,
    sourceId: row.source_id,
    name: row.name,
    mode: row.mode,
    // A policy stored before a setting existed has that setting's default.
    policy: completePolicy(row.policy),
  };
}
