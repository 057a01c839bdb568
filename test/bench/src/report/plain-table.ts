import type { Database } from '@rosterport/database';
import type { RowFilter } from './looks.ts';

/** The peer: a row for each result, with the indexes that its filters need, filled from all verdicts at once. */
export async function fillPlainTable(database: Database, jobId: string): Promise<void> {
  await database.pool.query(
    `create table plain_results (
       job_id uuid not null, ordinal int not null, sheet text, row_no int not null, external_id text, result text not null,
       codes text[] not null default '{}', issues jsonb, primary key (job_id, ordinal));
     create index on plain_results (job_id, result, ordinal) where result not in ('unchanged', 'created');
     create index on plain_results (job_id, ordinal) where codes <> '{}'`,
  );
  await database.pool.query(
    `insert into plain_results
     select $1, ordinal, sheet, row_no, external_id, result, coalesce(codes, '{}'), issues from all_verdicts order by ordinal`,
    [jobId],
  );
}

/** A page of the peer: the numbers of its rows. */
export async function plainPage(database: Database, { jobId, after, limit, result, code, withIssues }: RowFilter & { readonly jobId: string; readonly after: number; readonly limit: number }): Promise<readonly number[]> {
  const { rows } = await database.pool.query<{ row_no: number }>(
    `select ordinal, sheet, row_no, external_id, result, issues from plain_results
     where job_id = $1 and ordinal > $2 ${result === undefined ? '' : `and result = '${result}'`}
       ${code === undefined && withIssues !== true ? '' : `and codes <> '{}'`} and ($4::text is null or codes @> array[$4])
     order by ordinal limit $3`,
    [jobId, after, limit, code ?? null],
  );
  return rows.map((row) => row.row_no);
}

/** Takes the peer's rows in steps of so many. */
export async function emptyPlainTable(database: Database, jobId: string, limit: number): Promise<void> {
  for (;;) {
    const { rowCount } = await database.pool.query(
      `delete from plain_results where job_id = $1 and ordinal <= (
         select max(ordinal) from (select ordinal from plain_results where job_id = $1 order by ordinal limit $2) first)`,
      [jobId, limit],
    );
    if ((rowCount ?? 0) < limit) return;
  }
}
