import { copyIn, copyText, type PoolClient } from '@rosterport/database';
import type { JobId, RowResult } from '@rosterport/domain';
import { rowsPerChunk, type PlaceChunk } from './place-chunk.ts';

/** What is to be kept of a job's rows besides their verdicts. */
export interface JudgedRows {
  /** Where each data row stands, as `RowPlaces` gives it. */
  readonly chunks: readonly PlaceChunk[];
  /** The result of every row that has no verdict of its own. */
  readonly usualResult: RowResult;
}

/** Forgets the row results of an earlier look at a job, whose file is now refused as a whole. */
export async function dropRowResults(client: PoolClient, jobId: JobId): Promise<void> {
  await client.query('delete from row_results where job_id = $1', [jobId]);
  await client.query('delete from row_chunks where job_id = $1', [jobId]);
}

/**
 * Keeps the results of all rows of a job, in place of those that were kept when the job was held: where each row stands in
 * chunks, and of the rows that have a verdict in the work table `row_verdicts` of the same transaction that verdict. A row
 * needs one when its result is not the usual one, or when it has findings.
 */
export async function keepRowResults(client: PoolClient, jobId: JobId, judged: JudgedRows): Promise<void> {
  await dropRowResults(client, jobId);
  await keepChunks(client, jobId, judged);
  await client.query(
    `insert into row_results (job_id, ordinal, sheet, row_no, external_id, result, codes, issues)
     select $1, ordinal, sheet, row_no, external_id, result, coalesce(codes, '{}'), issues
     from row_verdicts order by ordinal`,
    [jobId],
  );
}

async function keepChunks(client: PoolClient, jobId: JobId, { chunks, usualResult }: JudgedRows): Promise<void> {
  const unusual = await countUnusual(client, usualResult);
  await copyIn(client, 'copy row_chunks from stdin', lines());

  function* lines(): Generator<string> {
    for (const { firstOrdinal, rows, places } of chunks) {
      const { others = 0, findings = [] } = unusual.get(firstOrdinal) ?? {};
      yield copyText([jobId, firstOrdinal, rows, usualResult, others, `{${findings.join(',')}}`, `\\x${places.toString('hex')}`]);
    }
  }
}

interface Unusual {
  readonly others: number;
  /** Words of ours, in need of no escape. */
  readonly findings: readonly string[];
}

/** What the verdicts say of each chunk, by its first ordinal. */
async function countUnusual(client: PoolClient, usualResult: RowResult): Promise<ReadonlyMap<number, Unusual>> {
  const { rows } = await client.query<Unusual & { first: number }>(
    `select coalesce(o.chunk, f.chunk) * $1 + 1 as first, coalesce(o.others, 0) as others, coalesce(f.findings, '{}') as findings
     from (select (ordinal - 1) / $1 as chunk, count(*)::int as others from row_verdicts where result <> $2 group by 1) o
     full join (
       select (ordinal - 1) / $1 as chunk, array_agg(distinct result || ':' || code) as findings
       from row_verdicts, unnest(codes) code group by 1) f using (chunk)`,
    [rowsPerChunk, usualResult],
  );
  return new Map(rows.map(({ first, ...unusual }) => [first, unusual]));
}
