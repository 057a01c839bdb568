import type { Channel } from './channel.ts';
import type { IssueCode } from './issue-catalogue.ts';
import type { Severity } from './issue-entry.ts';
import type { IssueCount } from './job-issues.ts';
import type { Changes, JobKind, JobState } from './job.ts';
import type { JobId } from './ids.ts';
import type { KeptReason, RecordChange } from './record-change.ts';
import type { Counts, RowResult } from './row-result.ts';

/**
 * A report without personal data, left where the sender can fetch it: row numbers, external ids, codes and counts, but no
 * cell's value and no message that quotes one.
 */
export interface Receipt {
  readonly job: JobId;
  readonly kind: JobKind;
  readonly state: JobState;
  /** True when nothing was to be changed, whatever was found. */
  readonly dryRun: boolean;
  /** The job that a revert undoes; `null` for a file. */
  readonly reverts: JobId | null;
  readonly fileName: string;
  readonly channel: Channel;
  readonly receivedAt: string;
  readonly finishedAt: string | null;
  readonly counts: Counts;
  readonly changes: Changes;
  /** The guards that hold the job, or would hold it were it no dry run. */
  readonly guards: readonly ReceiptIssue[];
  readonly fileIssues: readonly ReceiptIssue[];
  readonly issueCounts: readonly IssueCount[];
  /** The rows with at least one issue, in file order, at most `receiptRows` of them. */
  readonly rows: readonly ReceiptRow[];
  /** The records that a revert left as they were, at most `receiptRows` of them. */
  readonly kept: readonly ReceiptKept[];
  /** True when there are, or were before the row results were removed, more rows with issues than are listed. */
  readonly truncated: boolean;
}

/** One finding, without what was found. */
export interface ReceiptIssue {
  readonly code: IssueCode;
  readonly severity: Severity;
  readonly column: string | null;
}

/** One record that a revert left as it was. */
export interface ReceiptKept {
  readonly kind: RecordChange['kind'];
  readonly externalId: string | null;
  readonly reason: KeptReason | null;
}

/** One row with findings. */
export interface ReceiptRow {
  readonly sheet: string | null;
  readonly row: number;
  readonly externalId: string | null;
  readonly result: RowResult;
  readonly issues: readonly ReceiptIssue[];
}

/** How many rows a receipt lists at most. */
export const receiptRows = 10_000;
