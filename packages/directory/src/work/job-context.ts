import type { PoolClient } from '@rosterport/database';
import type { FeedPolicy, JobId, Mode, SourceId, TenantId } from '@rosterport/domain';

/** What everything that changes a directory needs: the transaction's connection and the job's place. */
export interface DirectoryContext {
  /** A connection inside an open transaction (READ COMMITTED), used by this job alone. */
  readonly client: PoolClient;
  readonly tenantId: TenantId;
  readonly sourceId: SourceId;
  readonly jobId: JobId;
}

/** What every step of plan and apply needs. */
export interface JobContext extends DirectoryContext {
  readonly policy: FeedPolicy;
  /** What absence from the file means. */
  readonly mode: Mode;
  /** True for the first file of a feed that was enabled again: people are found by e-mail first, by external id afterwards. */
  readonly matchesByEmail: boolean;
  /** Rows that stand in no work table, since nothing about them has changed; none when it is left out. */
  readonly untouchedRows?: number;
  /** Rows that stand in work tables, where that was counted. */
  readonly stagedRows?: number;
  /** People who were planned while the file was still read (`planAhead`); none when it is left out. */
  readonly plannedAhead?: number;
  /** Looks up how many e-mails of other companies the tenant may still be told of today. */
  readonly foreignEmailsLeft: () => Promise<number>;
}
