import type {
  Channel,
  Changes,
  Counts,
  CredentialId,
  FeedId,
  GuardName,
  Issue,
  IssueCount,
  Job,
  JobFailure,
  JobId,
  JobKind,
  JobState,
  Mode,
  SourceId,
  TenantId,
} from '@rosterport/domain';
import { listIssues, noChanges, noCounts } from '@rosterport/domain';

/** A job as the ledger knows it: what every door shows, and what a processor needs besides. */
export interface LedgerJob extends Job {
  readonly tenantId: TenantId;
  readonly feedId: FeedId;
  readonly sourceId: SourceId;
  readonly credentialId: CredentialId | null;
  /** Size of the file in bytes. */
  readonly size: number;
  readonly sha256: string;
  readonly sealedAt: string;
  /** How many tries have begun. */
  readonly attempts: number;
  /** The folder through which the file came, where its channel has several. */
  readonly folder: string | null;
  /** When the sender says that the file was last changed, ISO 8601 in UTC; `null` when it does not say. */
  readonly fileModifiedAt: string | null;
  /** A person's decision that a processor is to carry out. */
  readonly approval: Approval | null;
}

/** Whether a job was looked at before, so that results of its rows are kept: nobody but a person sends it here again. */
export function wasHeld({ approval }: Pick<LedgerJob, 'approval'>): boolean {
  return approval !== null;
}

/** The approval of a held job. */
export interface Approval {
  /** The plan that was seen. */
  readonly fingerprint: string;
  /** The guards that are off for this one run; with any of them the plan may be another than the one that was seen. */
  readonly override: readonly GuardName[];
}

/** A row of the query over `jobColumns`. */
export interface JobRow {
  id: JobId;
  tenant_id: TenantId;
  feed_id: FeedId;
  source_id: SourceId;
  credential_id: CredentialId | null;
  state: JobState;
  channel: Channel;
  file_name: string;
  feed: string;
  mode: Mode;
  dry_run: boolean;
  size: string;
  sha256: string;
  received_at: Date;
  sealed_at: Date;
  finished_at: Date | null;
  attempts: number;
  counts: Counts | null;
  changes: Changes | null;
  file_issues: Issue[];
  row_issues: IssueCount[];
  failure: JobFailure | null;
  reverted_by: JobId | null;
  kind: JobKind;
  reverts: JobId | null;
  folder: string | null;
  fingerprint: string | null;
  approval: Approval | null;
  guard_issues: Issue[];
  file_removed_at: Date | null;
  rows_removed_at: Date | null;
  journal_removed_at: Date | null;
  file_modified_at: Date | null;
}

/** The columns of a job, for a query from `jobs j join feeds f`. */
export const jobColumns = `j.id, j.tenant_id, j.feed_id, j.source_id, j.credential_id, j.state, j.channel, j.file_name,
  f.name as feed, j.mode, j.dry_run, j.size, j.sha256, j.received_at, j.sealed_at, j.finished_at, j.attempts, j.counts,
  j.changes, j.file_issues, j.row_issues, j.failure, j.reverted_by, j.kind, j.reverts, j.folder, j.fingerprint, j.approval,
  j.guard_issues, j.file_removed_at, j.rows_removed_at, j.journal_removed_at, j.file_modified_at`;

/** The tables that `jobColumns` are taken from. */
export const jobTables = 'jobs j join feeds f on f.id = j.feed_id';

/** Turns a row of the ledger into a job. */
export function jobOf(row: JobRow): LedgerJob {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    feedId: row.feed_id,
    sourceId: row.source_id,
    credentialId: row.credential_id,
    state: row.state,
    kind: row.kind,
    fileName: row.file_name,
    channel: row.channel,
    feed: row.feed,
    mode: row.mode,
    dryRun: row.dry_run,
    size: Number(row.size),
    sha256: row.sha256,
    receivedAt: row.received_at.toISOString(),
    sealedAt: row.sealed_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    attempts: row.attempts,
    counts: row.counts ?? noCounts,
    changes: { ...noChanges, ...row.changes },
    issues: listIssues({ guards: row.guard_issues, file: row.file_issues, rows: row.row_issues }),
    failure: row.failure,
    folder: row.folder,
    fileModifiedAt: row.file_modified_at?.toISOString() ?? null,
    approval: row.approval,
    fingerprint: row.fingerprint,
    reverts: row.reverts,
    revertedBy: row.reverted_by,
    removed: {
      file: row.file_removed_at?.toISOString() ?? null,
      rows: row.rows_removed_at?.toISOString() ?? null,
      journal: row.journal_removed_at?.toISOString() ?? null,
    },
  };
}

/** A job in the shape that every door shows, without what only the ledger needs. */
export function shownJob(job: LedgerJob): Job {
  const { id, state, kind, fileName, channel, feed, mode, dryRun, receivedAt, finishedAt, counts, changes, issues } = job;
  const { failure, fingerprint, reverts, revertedBy, removed } = job;
  return {
    ...{ id, state, kind, fileName, channel, feed, mode, dryRun, receivedAt, finishedAt, counts, changes, issues },
    ...{ failure, fingerprint, reverts, revertedBy, removed },
  };
}
