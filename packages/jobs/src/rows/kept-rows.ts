import type { PoolClient } from '@rosterport/database';
import { Failure, rowResults, type Issue, type JobId, type RowResult } from '@rosterport/domain';

/** What is kept of a finding; the message is the catalogue's sentence. */
export type KeptIssue = Pick<Issue, 'code' | 'severity' | 'column' | 'found' | 'expected'>;

/** A row result as it is kept. */
export interface KeptRow {
  readonly ordinal: number;
  readonly sheet: string | null;
  readonly row: number;
  readonly externalId: string | null;
  readonly result: RowResult;
  readonly issues: readonly KeptIssue[] | null;
}

/** Which rows of a job are wanted, by what is said of them. */
export interface RowFilter {
  readonly result?: RowResult;
  /** Only rows with a finding of this code. */
  readonly code?: string;
  /** Only rows with any finding. */
  readonly withIssues?: boolean;
}

/** Rows that follow one another in a job's file: the ordinals of the first and the last. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The last ordinal that there can be. */
export const lastOrdinal = 2_147_483_647;

/** The rows of a span that have a row of their own in `row_results`, in file order, at most `limit` of them. */
export async function keptRows(
  client: PoolClient,
  { jobId, from, to, result, code, withIssues }: { readonly jobId: JobId } & Span & RowFilter,
  limit: number,
): Promise<readonly KeptRow[]> {
  const { rows } = await client.query<KeptRow>(
    `select ordinal, sheet, row_no as row, external_id as "externalId", result, issues from row_results
     where job_id = $1 and ordinal between $2 and $3
       ${result === undefined ? '' : `and result = '${knownResult(result)}'`}
       ${code === undefined && withIssues !== true ? '' : `and codes <> '{}'`}
       and ($5::text is null or codes @> array[$5])
     order by ordinal limit $4`,
    [jobId, from, to, limit, code ?? null],
  );
  return rows;
}

/** The result stands in the text itself, so that the planner can tell how many there may be; only known words may. */
export function knownResult(result: RowResult): RowResult {
  if (rowResults.includes(result)) return result;
  throw new Failure('requestInvalid', { values: { problem: 'there is no such result' } });
}
