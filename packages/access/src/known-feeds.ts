import { databaseFailure, type Database } from '@rosterport/database';
import { defaultFeedPolicy, type FeedId, type FeedPolicy, type TenantId } from '@rosterport/domain';

import { answerWithin } from './answer-within.ts';
import { feedOf, findFeed, listFeeds } from './feeds.ts';

/** The feeds of tenants by name, for the doors: what was once found is found while the database is away too. */
export interface KnownFeeds {
  /** The id of the tenant's feed, which never becomes another. Failures: `notFound`, `databaseUnavailable`. */
  idOf(tenantId: TenantId, name: string): Promise<FeedId>;
  /**
   * The names of the tenant's feeds, in their order; while the database is away, as they were last seen. Failure:
   * `databaseUnavailable`, when they were never seen.
   */
  names(tenantId: TenantId): Promise<readonly string[]>;
  /**
   * The policy of a feed as it was at most a few seconds ago; while the database is away, as it was last seen, or that of a
   * feed for which nobody chose another. Never fails because of the database.
   */
  policyOf(feedId: FeedId): Promise<FeedPolicy>;
}

const rememberedIds = 10_000;
const rememberedTenants = 1_000;
const policyGoodForMs = 5_000;

/** Opens an empty memory on the database. One that is silent for `answerSeconds` (5) counts as away. */
export function openKnownFeeds(db: Database, { answerSeconds = 5 }: { readonly answerSeconds?: number } = {}): KnownFeeds {
  const ids = new Map<string, FeedId>();
  const names = new Map<TenantId, readonly string[]>();
  const policies = new Map<FeedId, { readonly policy: FeedPolicy; readonly until: number }>();
  const asked = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    try {
      return await answerWithin(answerSeconds, answer);
    } catch (error) {
      throw databaseFailure(error) ?? error;
    }
  };
  return {
    async idOf(tenantId, name) {
      const key = `${tenantId} ${name}`;
      const known = ids.get(key);
      if (known !== undefined) return known;
      const { id } = await asked(findFeed(db, tenantId, name));
      keep(ids, [key, id], rememberedIds);
      return id;
    },
    async names(tenantId) {
      try {
        const seen = (await asked(listFeeds(db, tenantId))).map((feed) => feed.name);
        keep(names, [tenantId, seen], rememberedTenants);
        return seen;
      } catch (error) {
        const known = names.get(tenantId);
        if (known === undefined || (error as { code?: unknown }).code !== 'databaseUnavailable') throw error;
        return known;
      }
    },
    async policyOf(feedId) {
      const known = policies.get(feedId);
      if (known !== undefined && performance.now() < known.until) return known.policy;
      let policy = known?.policy ?? defaultFeedPolicy;
      try {
        ({ policy } = await asked(feedOf(db, feedId)));
      } catch (error) {
        if (databaseFailure(error) === null) throw error;
      }
      keep(policies, [feedId, { policy, until: performance.now() + policyGoodForMs }], rememberedIds);
      return policy;
    },
  };
}

/** A Map keeps the order of insertion, so its first key is the oldest. */
function keep<Key, Value>(memory: Map<Key, Value>, [key, value]: readonly [Key, Value], most: number): void {
  memory.delete(key);
  memory.set(key, value);
  for (const oldest of memory.keys()) {
    if (memory.size <= most) return;
    memory.delete(oldest);
  }
}
