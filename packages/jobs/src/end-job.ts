import type { Database, PoolClient } from '@rosterport/database';
import type { FeedId, JobFailure, JobId, TenantId } from '@rosterport/domain';
import { noteEvent } from './events.ts';
import type { LedgerJob } from './job-record.ts';
import type { Outcome } from './outcome.ts';
import { supersedeEarlier } from './settle-queue.ts';
import { wakeUp } from './wake-up.ts';

const end = `
  with ended as (
    update jobs set state = $2, format = $3, counts = $4, changes = $5, file_issues = $6, row_issues = $7,
      guard_issues = $8, fingerprint = $9, user_rows = $10, approval = null, failure = null,
      finished_at = case when $2 = 'held' then null else clock_timestamp() end
    where id = $1 and state = 'processing' returning *),
  superseded as (${supersedeEarlier})
  select j.tenant_id as "tenantId", j.feed_id as "feedId", array(select id from superseded) as superseded from ended j`;

interface Ended {
  readonly tenantId: TenantId;
  readonly feedId: FeedId;
  readonly superseded: readonly JobId[];
}

/**
 * Ends a job, or holds it, on the connection (and in the transaction) of whoever did its work, so that the directory and the
 * job's state change together; those whose place it takes end with it. An approval is used up by it. Fails when the job is not
 * `processing`: it must not end twice.
 */
export async function endJob(client: PoolClient, jobId: JobId, outcome: Outcome): Promise<void> {
  const { rows } = await client.query<Ended>(end, [
    jobId,
    outcome.state,
    outcome.format,
    JSON.stringify(outcome.counts),
    JSON.stringify(outcome.changes),
    JSON.stringify(outcome.fileIssues),
    JSON.stringify(outcome.rowIssues),
    JSON.stringify(outcome.guardIssues),
    outcome.fingerprint,
    outcome.userRows,
  ]);
  const [ended] = rows;
  if (ended === undefined) throw new TypeError(`The job ${jobId} is not being processed.`);
  const { superseded, ...place } = ended;
  if (outcome.state === 'held') {
    const details = { guards: outcome.guardIssues.map((found) => found.code) };
    await noteEvent(client, { ...place, jobId, kind: 'jobHeld', details });
  }
  for (const id of superseded) await noteEvent(client, { ...place, jobId: id, kind: 'jobSuperseded', details: { by: jobId } });
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
