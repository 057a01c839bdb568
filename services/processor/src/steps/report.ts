import type { PoolClient } from '@rosterport/database';
import type { JobId } from '@rosterport/domain';
import { endJob, keepRowResults, type JudgedRows, type Outcome } from '@rosterport/jobs';

/** What comes of a job: how it ended, and the results of its rows. */
export interface Reported {
  readonly outcome: Outcome;
  readonly judged: JudgedRows;
}

/** Keeps the result of every row and ends the job, in the transaction that changed the directory. */
export async function report(client: PoolClient, jobId: JobId, { outcome, judged }: Reported): Promise<void> {
  await keepRowResults(client, jobId, judged);
  await endJob(client, jobId, outcome);
}
