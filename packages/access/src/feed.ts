import { completePolicy, type FeedId, type FeedPolicy, type Mode, type SourceId, type TenantId } from '@rosterport/domain';

/** A stream of files of one source with one policy. */
export interface Feed {
  readonly id: FeedId;
  readonly tenantId: TenantId;
  readonly sourceId: SourceId;
  /** Name of the source, unique within the tenant. */
  readonly source: string;
  /** Unique within the tenant. */
  readonly name: string;
  /** What absence from a file means where neither the request nor the folder nor the credential says so. */
  readonly mode: Mode;
  /** False when it takes no files, and its people may be edited by hand. */
  readonly enabled: boolean;
  /** True from the time it is enabled again until a file has found people by their e-mail. */
  readonly matchesByEmail: boolean;
  readonly policy: FeedPolicy;
}

/** A feed in the shape that every door shows. */
export type ShownFeed = Omit<Feed, 'id' | 'tenantId' | 'sourceId'>;

/** The feed without the ids that only the rooms need. */
export function shownFeed({ name, source, mode, enabled, matchesByEmail, policy }: Feed): ShownFeed {
  return { name, source, mode, enabled, matchesByEmail, policy };
}

/** A row of `feeds` with the name of its source. */
export interface FeedRow {
  readonly id: FeedId;
  readonly tenant_id: TenantId;
  readonly source_id: SourceId;
  readonly source: string;
  readonly name: string;
  readonly mode: Mode;
  readonly enabled: boolean;
  readonly matches_by_email: boolean;
  readonly policy: Partial<FeedPolicy>;
}

/** The columns of a `FeedRow`, for a query from `feeds` and `sources`. */
export const feedColumns = [
  'feeds.id',
  'feeds.tenant_id',
  'feeds.source_id',
  'sources.name as source',
  'feeds.name',
  'feeds.mode',
  'feeds.enabled',
  'feeds.matches_by_email',
  'feeds.policy',
] as const;

/** The feed that a row holds. A policy stored before a setting existed has that setting's default. */
export function asFeed(row: FeedRow): Feed {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    sourceId: row.source_id,
    source: row.source,
    name: row.name,
    mode: row.mode,
    enabled: row.enabled,
    matchesByEmail: row.matches_by_email,
    policy: completePolicy(row.policy),
  };
}
