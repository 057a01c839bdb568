import { closeWork, revert } from '@rosterport/directory';
import type { PoolClient } from '@rosterport/database';
import { issue, noCounts } from '@rosterport/domain';
import { endJob, markReverted, type LedgerJob, type Outcome } from '@rosterport/jobs';
import type { ProcessorContext } from './processor-context.ts';
import type { StepName } from './steps/index.ts';

/**
 * Undoes the job that a revert is for, on the connection that holds the tenant's claim. The directory, the journal, what
 * could not go back, and the states of both jobs change in one transaction; a crash before its commit leaves nothing. It
 * reads no rows, so its counts are zero. Returns how the job ended.
 */
export async function walkRevert(context: ProcessorContext, client: PoolClient, job: LedgerJob): Promise<Outcome> {
  if (job.reverts === null) throw new TypeError('A revert names the job that it undoes.');
  const { id: jobId, tenantId, sourceId } = job;
  const tell = (step: StepName | 'commit' | 'committed'): void => context.onStep?.(jobId, step);
  await client.query('begin');
  await markReverted(client, job);
  tell('apply');
  const begun = performance.now();
  const { changes, kept } = await revert({ client, tenantId, sourceId, jobId }, job.reverts);
  context.metrics.observe('rosterport_job_seconds', { step: 'apply' }, (performance.now() - begun) / 1_000);
  const outcome: Outcome = {
    ...{ state: 'applied', format: null, counts: noCounts, changes, guardIssues: [], rowIssues: [], fingerprint: null, userRows: null },
    fileIssues: kept === 0 ? [] : [issue('validateNothingChangedSince', { found: recordsText(kept) })],
  };
  tell('report');
  await endJob(client, jobId, outcome);
  await closeWork(client);
  tell('commit');
  await client.query('commit');
  tell('committed');
  return outcome;
}

function recordsText(count: number): string {
  return count === 1 ? '1 person, group or attribute' : `${count} people, groups or attributes`;
}
