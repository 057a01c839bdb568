import type { Database, PoolClient } from '@rosterport/database';
import {
  noChanges,
  noCounts,
  type Changes,
  type Counts,
  type Issue,
  type IssueCount,
  type JobFailure,
  type JobId,
  type TenantId,
} from '@rosterport/domain';
import type { LedgerJob } from './job-record.ts';
import { wakeUp } from './wake-up.ts';

/** What is known of a job when it comes to its end. */
export interface Outcome {
  readonly state: 'applied' | 'rejected';
  /** The format that was recognised; `null` when none was. */
  readonly format: string | null;
  readonly counts: Counts;
  readonly changes: Changes;
  readonly fileIssues: readonly Issue[];
  readonly rowIssues: readonly IssueCount[];
}

/** The outcome of a file that is refused as a whole. */
export function rejectedOutcome(format: string | null, fileIssues: readonly Issue[]): Outcome {
  return { state: 'rejected', format, counts: noCounts, changes: noChanges, fileIssues, rowIssues: [] };
}

/**
 * Ends a job, on the connection (and in the transaction) of whoever did its work, so that the directory and the job's state
 * change together. Fails when the job is not `processing`: it must not end twice.
 */
export async function endJob(client: PoolClient, jobId: JobId, outcome: Outcome): Promise<void> {
  const { rowCount } = await client.query(
    `update jobs set state = $2, format = $3, counts = $4, changes = $5, file_issues = $6, row_issues = $7,
       finished_at = clock_timestamp(), failure = null
     where id = $1 and state = 'processing'`,
    [
      jobId,
      outcome.state,
      outcome.format,
      JSON.stringify(outcome.counts),
      JSON.stringify(outcome.changes),
      JSON.stringify(outcome.fileIssues),
      JSON.stringify(outcome.rowIssues),
    ],
  );
  if (rowCount !== 1) throw new TypeError(`The job ${jobId} is not being processed.`);
}

/** Copies the verdicts on the job's rows from the work table `row_verdicts` of the same transaction into the ledger. */
export async function keepRowResults(client: PoolClient, jobId: JobId): Promise<void> {
  await client.query(
    `insert into row_results (job_id, ordinal, sheet, row_no, external_id, result, codes, issues)
     select $1, ordinal, sheet, row_no, external_id, result, coalesce(codes, '{}'), issues
     from row_verdicts order by ordinal`,
    [jobId],
  );
}

/** How often a job is tried before it ends `failed`. */
export const mostAttempts = 5;

/** The pause before the next try: 1, 4, 16, 64 seconds. */
function pauseAfter(attempt: number): number {
  return 4 ** (attempt - 1) * 1_000;
}

/**
 * Notes that a try broke on our side: the job goes back to `staged` and is tried again after a pause, or ends `failed` when
 * another try would not help or there were enough. Later jobs of its feed wait meanwhile. Returns the state it now has.
 */
export async function failTry(
  database: Database,
  job: LedgerJob,
  failure: JobFailure & { readonly retry: boolean },
): Promise<'staged' | 'failed'> {
  const state = failure.retry && job.attempts < mostAttempts ? 'staged' : 'failed';
  const again = new Date(Date.now() + pauseAfter(job.attempts));
  await database.knex.transaction(async (tx) => {
    await tx('jobs')
      .where({ id: job.id, state: 'processing' })
      .update({
        state,
        failure: JSON.stringify({ code: failure.code, message: failure.message }),
        not_before: state === 'staged' ? again : null,
        finished_at: state === 'failed' ? tx.fn.now() : null,
      });
    if (state === 'staged') await wakeUp(tx, job.tenantId, again);
  });
  return state;
}

/** Takes a job back before it is processed. Returns false when it is too late or there is no such job of the tenant. */
export async function discardJob(database: Database, tenantId: TenantId, jobId: JobId): Promise<boolean> {
  const changed = await database
    .knex('jobs')
    .where({ id: jobId, tenant_id: tenantId, state: 'staged', attempts: 0 })
    .update({ state: 'discarded', finished_at: database.knex.fn.now() });
  return changed === 1;
}

/** Gives a job's file another name, as a sender may after the upload. Returns false when there is no such job. */
export async function renameJob(
  database: Database,
  place: { readonly tenantId: TenantId; readonly jobId: JobId },
  fileName: string,
): Promise<boolean> {
  const changed = await database.knex('jobs').where({ id: place.jobId, tenant_id: place.tenantId }).update({ file_name: fileName });
  return changed === 1;
}
