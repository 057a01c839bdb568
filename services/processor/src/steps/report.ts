import type { PoolClient } from '@rosterport/database';
import type { JobId } from '@rosterport/domain';
import { endJob, keepRowResults, type Outcome } from '@rosterport/jobs';

/** Keeps the verdict on every row and ends the job, in the transaction that changed the directory. */
export async function report(client: PoolClient, jobId: JobId, outcome: Outcome): Promise<void> {
  await keepRowResults(client, jobId);
  await endJob(client, jobId, outcome);
}
