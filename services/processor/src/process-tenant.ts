import { databaseFailure, preparing, type PoolClient } from '@rosterport/database';
import { Failure, isFailure, rowResults, type TenantId } from '@rosterport/domain';
import { beginNextJob, failTry, hasWork, wakeNow, withTenantClaim, type LedgerJob, type Outcome } from '@rosterport/jobs';
import { smallFileBytes, type Lanes } from './lanes.ts';
import type { ProcessorContext } from './processor-context.ts';
import { walkJob } from './walk-job.ts';
import { walkRevert } from './walk-revert.ts';

/** What a tenant may take of the processor before others have their turn. */
export interface Share {
  /** How many jobs at most. */
  readonly jobs: number;
  /** For large files. */
  readonly lanes: Pick<Lanes, 'enter' | 'leave' | 'wait'>;
}

const everything: Share = { jobs: Number.POSITIVE_INFINITY, lanes: { enter: () => true, leave: () => undefined, wait: () => undefined } };

/**
 * Works off the jobs of a tenant that are due, oldest first, while this process alone holds the tenant's claim. Does nothing
 * when another processor holds it: that one looks again after it let go, so no job is left behind. A tenant that has had its
 * share is woken again, behind those that wait; one whose next file is large, when there is a lane for it.
 */
export async function processTenant(context: ProcessorContext, tenantId: TenantId, share = everything): Promise<void> {
  const { database } = context;
  let left = share.jobs;
  for (;;) {
    const took = await withTenantClaim(database, tenantId, (client) => takeTurn(context, { client, tenantId, ...share, jobs: left }));
    if (took === null) return;
    left -= took.jobs;
    if (!(await hasWork(database, tenantId))) return;
    if (left <= 0) return wakeNow(database, tenantId);
    if (took.lacksLane && !(await hasWork(database, tenantId, smallFileBytes))) return share.lanes.wait(tenantId);
  }
}

interface Turn extends Share {
  readonly client: PoolClient;
  readonly tenantId: TenantId;
}

/** Works off jobs until there are no more, or only such as there is no lane for, or a try breaks the connection. */
async function takeTurn(context: ProcessorContext, { client, tenantId, jobs, lanes }: Turn): Promise<{ jobs: number; lacksLane: boolean }> {
  for (let done = 0; done < jobs; done += 1) {
    const hasLane = lanes.enter();
    let isLarge = true;
    try {
      const job = await beginNextJob(preparing(client), tenantId, hasLane ? null : smallFileBytes);
      if (job === null) return { jobs: done, lacksLane: !hasLane };
      isLarge = job.kind !== 'file' || job.size > smallFileBytes;
      // A small one leaves its lane to others at once.
      if (hasLane && !isLarge) lanes.leave();
      // What comes meanwhile is looked for once the claim is given back.
      if (!(await processJob(context, client, job)) || job.isOnlyOne) return { jobs: done + 1, lacksLane: false };
    } finally {
      if (hasLane && isLarge) lanes.leave();
    }
  }
  return { jobs, lacksLane: false };
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
