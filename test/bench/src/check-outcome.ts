import type { Database } from '@rosterport/database';
import { countedRows, rowResults, type Counts } from '@rosterport/domain';
import type { LedgerJob } from '@rosterport/jobs';

/** What must have become of the measured file. */
export interface Expected {
  readonly job: LedgerJob;
  /** What must have become of its rows. Each of them that was not rejected has a person of its own. */
  readonly counts: Counts;
}

/**
 * Makes sure that the job was applied at its first try, that its counts are those of the file and add up, and that every row
 * has its result and every person is there. Throws with what is wrong: the time of a wrong outcome means nothing.
 */
export async function checkOutcome(database: Database, expected: Expected): Promise<void> {
  const { job, counts } = expected;
  const rows = countedRows(counts);
  const problems = countProblems(expected);
  const { rows: found } = await database.pool.query<{ results: number; people: number }>(
    `select (select sum(rows)::int from row_chunks where job_id = $1) as results,
       (select count(*)::int from users where source_id = $2) as people`,
    [job.id, job.sourceId],
  );
  const { results = 0, people = 0 } = found[0] ?? {};
  if (results !== rows) problems.push(`${results} row results instead of ${rows}`);
  if (people !== rows - counts.rejected) problems.push(`${people} people instead of ${rows - counts.rejected}`);
  if (problems.length > 0) throw new Error(`The outcome is wrong: ${problems.join(', ')}.`);
}

/** What is wrong with the job by itself. */
export function countProblems({ job, counts }: Expected): string[] {
  const problems: string[] = [];
  if (job.state !== 'applied') problems.push(`the job is ${job.state}${job.failure === null ? '' : ` (${job.failure.code})`}`);
  if (job.attempts !== 1) problems.push(`it took ${job.attempts} tries`);
  for (const result of rowResults) {
    if (job.counts[result] !== counts[result]) problems.push(`${job.counts[result]} rows ${result} instead of ${counts[result]}`);
  }
  const rows = countedRows(counts);
  if (countedRows(job.counts) !== rows) problems.push(`${countedRows(job.counts)} counted rows instead of ${rows}`);
  return problems;
}
