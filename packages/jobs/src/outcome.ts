import { noChanges, noCounts, type Changes, type Counts, type Issue, type IssueCount } from '@rosterport/domain';

/** What is known of a job when its work has come to an end, or to a point where a person decides. */
export interface Outcome {
  readonly state: 'applied' | 'previewed' | 'held' | 'rejected';
  /** The format that was recognised; `null` when none was. */
  readonly format: string | null;
  readonly counts: Counts;
  /** What was changed, or would be. */
  readonly changes: Changes;
  /** The guards that hold the job, or would hold it. */
  readonly guardIssues: readonly Issue[];
  readonly fileIssues: readonly Issue[];
  readonly rowIssues: readonly IssueCount[];
  /** The plan of a held job or a dry run; `null` for others. */
  readonly fingerprint: string | null;
  /** Data rows of users; `null` when the file holds no sheet of users. */
  readonly userRows: number | null;
}

/** The outcome of a file that is refused as a whole. */
export function rejectedOutcome(format: string | null, fileIssues: readonly Issue[]): Outcome {
  return {
    ...{ state: 'rejected', format, counts: noCounts, changes: noChanges, fileIssues, rowIssues: [] },
    ...{ guardIssues: [], fingerprint: null, userRows: null },
  };
}
