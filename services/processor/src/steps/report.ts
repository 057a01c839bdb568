import type { PoolClient } from '@rosterport/database';
import { dropRowResults, endJob, keepRowResults, wasHeld, type JudgedRows, type LedgerJob, type Outcome } from '@rosterport/jobs';

/** What comes of a job: how it ended, and the results of its rows. */
export interface Reported {
  readonly outcome: Outcome;
  readonly judged: JudgedRows;
}

/** Keeps the result of every row and ends the job, in the transaction that changed the directory. */
export async function report(client: PoolClient, job: LedgerJob, { outcome, judged }: Reported): Promise<void> {
  if (wasHeld(job)) await dropRowResults(client, job.id);
  await keepRowResults(client, job.id, judged);
  await endJob(client, job.id, outcome);
}
