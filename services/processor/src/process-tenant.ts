import { databaseFailure, type PoolClient } from '@rosterport/database';
import { forSmallJobs, isSmallFile } from '@rosterport/directory';
import { Failure, isFailure, rowResults, type TenantId } from '@rosterport/domain';
import { beginNextJob, failTry, hasWork, withTenantClaim, type LedgerJob, type Outcome } from '@rosterport/jobs';
import type { ProcessorContext } from './processor-context.ts';
import { walkJob } from './walk-job.ts';
import { walkRevert } from './walk-revert.ts';

/**
 * Works off the jobs of a tenant that are due, oldest first, while this process alone holds the tenant's claim. Does nothing
 * when another processor holds it: that one looks again after it let go, so no job is left behind.
 */
export async function processTenant(context: ProcessorContext, tenantId: TenantId): Promise<void> {
  do {
    const worked = await withTenantClaim(context.database, tenantId, async (client) => {
      const quick = forSmallJobs(client);
      for (let job = await beginNextJob(quick, tenantId); job !== null; job = await beginNextJob(quick, tenantId)) {
        if (!(await processJob(context, isSmallFile(job.size) && job.kind === 'file' ? quick : client, job))) return false;
      }
      return true;
    });
    if (worked === null) return;
  } while (await hasWork(context.database, tenantId));
}

/** Returns false when the connection can no longer be trusted, since a try on it broke. */
async function processJob(context: ProcessorContext, client: PoolClient, job: LedgerJob): Promise<boolean> {
  const log = context.log.child({ job: job.id });
  try {
    const outcome = await (job.kind === 'revert' ? walkRevert : walkJob)(context, client, job);
    count(context, outcome);
    log.info('A job ended', { state: outcome.state, counts: outcome.counts });
    return true;
  } catch (error) {
    const failure = failureOf(error);
    log.error('A try of a job broke', { code: failure.code, attempt: job.attempts, error: nameOf(error) });
    await client.query('rollback').catch(() => undefined);
    const state = await failTry(context.database, job, failure);
    if (state === 'failed') context.metrics.count('rosterport_jobs_total', { state });
    return false;
  }
}

function count(context: ProcessorContext, outcome: Outcome): void {
  context.metrics.count('rosterport_jobs_total', { state: outcome.state });
  for (const result of rowResults) context.metrics.count('rosterport_rows_total', { result }, outcome.counts[result]);
}

function failureOf(error: unknown): Failure {
  if (isFailure(error)) return error;
  return databaseFailure(error) ?? new Failure('unexpected', { cause: error });
}

/** What may be logged of an error that is not ours: its message and details could quote a person's data. */
function nameOf(error: unknown): string {
  const { name, code } = error as { name?: unknown; code?: unknown };
  return [name, code].filter((part) => typeof part === 'string').join(' ');
}
