import type { Channel } from './channel.ts';
import type { IssueCode } from './issue-catalogue.ts';
import type { Severity } from './issue-entry.ts';
import type { IssueCount } from './job-issues.ts';
import type { Changes, JobState } from './job.ts';
import type { JobId } from './ids.ts';
import type { Counts, RowResult } from './row-result.ts';

/**
 * A report without personal data, left where the sender can fetch it: row numbers, external ids, codes and counts, but no
 * cell's value and no message that quotes one.
 */
export interface Receipt {
  readonly job: JobId;
  readonly state: JobState;
  readonly fileName: string;
  readonly channel: Channel;
  readonly receivedAt: string;
  readonly finishedAt: string | null;
  readonly counts: Counts;
  readonly changes: Changes;
  readonly fileIssues: readonly ReceiptIssue[];
  readonly issueCounts: readonly IssueCount[];
  /** The rows with at least one issue, in file order, at most `receiptRows` of them. */
  readonly rows: readonly ReceiptRow[];
  /** True when there are, or were before the row results were removed, more rows with issues than are listed. */
  readonly truncated: boolean;
}

/** One finding, without what was found. */
export interface ReceiptIssue {
  readonly code: IssueCode;
  readonly severity: Severity;
  readonly column: string | null;
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
