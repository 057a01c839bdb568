import type { PoolClient } from '@rosterport/database';
import type { JobId, RowResult } from '@rosterport/domain';
import { rowsPerChunk, type PlaceChunk } from './place-chunk.ts';

/** What is to be kept of a job's rows besides their verdicts. */
export interface JudgedRows {
  /** Where each data row stands, as `RowPlaces` gives it. */
  readonly chunks: readonly PlaceChunk[];
  /** The result of every row that has no verdict of its own. */
  readonly usualResult: RowResult;
}

/** Forgets the row results of an earlier look at a job. */
export async function dropRowResults(client: PoolClient, jobId: JobId): Promise<void> {
  await client.query(
    `with chunks as (delete from row_chunks where job_id = $1)
     delete from row_results where job_id = $1`,
    [jobId],
  );
}

/** How many chunks go in one statement: two hundred thousand rows, and four megabytes where ids are random. */
const batch = 100;

/**
 * Keeps the results of all rows of a job of which none are kept: where each row stands in chunks, and of the rows that have a
 * verdict in the work table `row_verdicts` of the same transaction that verdict. A row needs one when its result is not the usual
 * one, or when it has findings.
 */
export async function keepRowResults(client: PoolClient, jobId: JobId, { chunks, usualResult }: JudgedRows): Promise<void> {
  for (let first = 0; first < chunks.length; first += batch) {
    await keepChunks(client, jobId, { chunks: chunks.slice(first, first + batch), usualResult });
  }
  await client.query(
    `insert into row_results (job_id, ordinal, sheet, row_no, external_id, result, codes, issues)
     select $1, ordinal, sheet, row_no, external_id, result, coalesce(codes, '{}'), issues
     from row_verdicts order by ordinal`,
    [jobId],
  );
}

/** Each chunk bears what the verdicts say of its rows. Their bytes go as one value: in a list they would be sent as text, twice as long. */
async function keepChunks(client: PoolClient, jobId: JobId, { chunks, usualResult }: JudgedRows): Promise<void> {
  const ordinals = chunks.map(({ firstOrdinal }) => firstOrdinal);
  const bytes = chunks.map(({ places }) => places.length);
  let end = 1;
  const begins = bytes.map((length) => (end += length) - length);
  await client.query(
    `with own as materialized (
       select (ordinal - 1) / $2 as chunk, result, codes, count(*) as rows from row_verdicts where ordinal >= $3 and ordinal < $4 group by 1, 2, 3)
     insert into row_chunks (job_id, first_ordinal, rows, usual_result, others, findings, places)
     select $1, c.first, c.rows, $5, coalesce(o.others, 0), coalesce(f.findings, '{}'), substring($10::bytea from c.begin for c.bytes)
     from unnest($6::int[], $7::int[], $8::int[], $9::int[]) c (first, rows, begin, bytes)
     left join (select chunk, sum(rows) as others from own where result <> $5 group by 1) o on o.chunk = (c.first - 1) / $2
     left join (select chunk, array_agg(distinct result || ':' || code) as findings from own, unnest(codes) code group by 1) f
       on f.chunk = (c.first - 1) / $2`,
    [
      ...[jobId, rowsPerChunk, ordinals[0], (ordinals.at(-1) ?? 0) + rowsPerChunk, usualResult, ordinals],
      ...[chunks.map(({ rows }) => rows), begins, bytes, Buffer.concat(chunks.map(({ places }) => places))],
    ],
  );
}
