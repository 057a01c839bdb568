import type { Database } from '@rosterport/database';
import { Failure, isId, type FeedId, type TenantId } from '@rosterport/domain';

import { asFeed, feedColumns, type Feed, type FeedRow } from './feed.ts';

/** All feeds of the tenant, ordered by name; none where there is no such tenant. */
export async function listFeeds(db: Pick<Database, 'knex'>, tenantId: TenantId): Promise<readonly Feed[]> {
  if (!isId(tenantId)) return [];
  const rows: FeedRow[] = await feeds(db).where({ 'feeds.tenant_id': tenantId }).orderBy('feeds.name');
  return rows.map(asFeed);
}

/** The feed of that id, whatever its tenant. Failure: `notFound`. */
export async function feedOf(db: Pick<Database, 'knex'>, feedId: FeedId): Promise<Feed> {
  // PostgreSQL would answer a malformed id with a syntax error instead of no rows.
  return found(isId(feedId) ? await feeds(db).where({ 'feeds.id': feedId }).first() : undefined);
}

/** The tenant's feed of that exact name. Failure: `notFound`. */
export async function findFeed(db: Pick<Database, 'knex'>, tenantId: TenantId, name: string): Promise<Feed> {
  const askable = isId(tenantId) && !name.includes('\0');
  return found(askable ? await feeds(db).where({ 'feeds.tenant_id': tenantId, 'feeds.name': name }).first() : undefined);
}

function feeds({ knex }: Pick<Database, 'knex'>) {
  return knex('feeds').join('sources', 'sources.id', 'feeds.source_id').select<FeedRow[]>([...feedColumns]);
}

function found(row: FeedRow | undefined): Feed {
  if (row === undefined) throw new Failure('notFound', { values: { what: 'feed' } });
  return asFeed(row);
}
