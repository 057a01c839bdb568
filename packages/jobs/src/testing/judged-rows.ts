import { withClient, type Database, type PoolClient } from '@rosterport/database';
import type { JobId, RowResult } from '@rosterport/domain';
import { dropRowResults, keepRowResults } from '../rows/keep-row-results.ts';
import type { KeptRow } from '../rows/kept-rows.ts';
import { RowPlaces } from '../rows/row-places.ts';

/** A data row with its verdict, as tests write it. */
export type JudgedRow = Omit<KeptRow, 'ordinal'>;

/** Keeps the rows of a job as a processor does, in place of those of an earlier look: a verdict for each that is not as usual, and the places of all. */
export async function keepRows(db: Database, jobId: JobId, { rows, usualResult }: { readonly rows: readonly JudgedRow[]; readonly usualResult: RowResult }): Promise<void> {
  await withClient(db, async (client) => {
    await client.query('begin');
    await client.query(`create temp table row_verdicts
      (ordinal int, sheet text, row_no int, external_id text, result text, codes text[], issues jsonb) on commit drop`);
    const places = new RowPlaces();
    const numbered = rows.map((row) => ({ ...row, ordinal: places.add(row.sheet, row.row, row.externalId) }));
    await writeVerdicts(client, numbered.filter(({ result, issues }) => result !== usualResult || issues !== null));
    await dropRowResults(client, jobId);
    await keepRowResults(client, jobId, { chunks: places.finish(), usualResult });
    await client.query('commit');
  });
}

/** Keeps the rows of a job as they were kept before there were chunks: each with a row of its own. */
export async function keepRowsOneByOne(db: Database, jobId: JobId, rows: readonly JudgedRow[]): Promise<void> {
  const lines = rows.map((row, index) => ({ ...row, ordinal: index + 1, codes: codesOf(row) }));
  await db.pool.query(
    `insert into row_results (job_id, ordinal, sheet, row_no, external_id, result, codes, issues)
     select $1, ordinal, sheet, "row", "externalId", result, codes, nullif(issues, 'null')
     from jsonb_to_recordset($2) r (ordinal int, sheet text, "row" int, "externalId" text, result text, codes text[], issues jsonb)`,
    [jobId, JSON.stringify(lines)],
  );
}

async function writeVerdicts(client: PoolClient, rows: readonly KeptRow[]): Promise<void> {
  const lines = rows.map((row) => ({ ...row, codes: codesOf(row) }));
  await client.query(
    `insert into row_verdicts
     select ordinal, sheet, "row", "externalId", result, codes, nullif(issues, 'null')
     from jsonb_to_recordset($1) r (ordinal int, sheet text, "row" int, "externalId" text, result text, codes text[], issues jsonb)`,
    [JSON.stringify(lines)],
  );
}

function codesOf({ issues }: Pick<JudgedRow, 'issues'>): readonly string[] {
  return [...new Set((issues ?? []).map(({ code }) => code))];
}
