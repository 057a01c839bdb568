import type { Database } from '@rosterport/database';
import { Failure, issue, rowResults, type Issue, type JobId, type Page, type ReportRow, type RowResult } from '@rosterport/domain';

/** Which rows of a job to list. */
export interface RowQuery {
  readonly jobId: JobId;
  readonly result?: RowResult;
  /** Only rows with a finding of this code. */
  readonly code?: string;
  /** Only rows with any finding. */
  readonly withIssues?: boolean;
  /** The `next` of the page before. */
  readonly cursor?: string;
  /** How many at most. */
  readonly limit: number;
}

type KeptIssue = Pick<Issue, 'code' | 'severity' | 'column' | 'found' | 'expected'>;

interface Row {
  ordinal: number;
  sheet: string | null;
  row_no: number;
  external_id: string | null;
  result: RowResult;
  issues: KeptIssue[] | null;
}

/** A page of a job's row results, in file order. Fails with `requestInvalid` when the cursor is not one of ours. */
export async function listRows(database: Database, query: RowQuery): Promise<Page<ReportRow>> {
  const { rows } = await database.pool.query<Row>(
    `select ordinal, sheet, row_no, external_id, result, issues from row_results
     where job_id = $1 and ordinal > $2
       ${resultFilter(query.result)}
       ${query.code === undefined ? '' : `and codes <> '{}' and codes @> array[$4]::text[]`}
       ${query.withIssues === true ? `and codes <> '{}'` : ''}
       and ($4::text is null or true)
     order by ordinal limit $3`,
    [query.jobId, position(query.cursor), query.limit + 1, query.code ?? null],
  );
  const shown = rows.slice(0, query.limit);
  return { items: shown.map(reportRow), next: rows.length > query.limit ? String(shown.at(-1)?.ordinal) : null };
}

/** The result stands in the text itself, so that the planner can choose the partial index; only known words may. */
function resultFilter(result: RowResult | undefined): string {
  if (result === undefined) return '';
  if (!rowResults.includes(result)) throw new Failure('requestInvalid', { values: { problem: 'there is no such result' } });
  return `and result = '${result}'`;
}

const batch = 5_000;

/** All row results of a job, or those that the query picks, in file order and in bounded memory. */
export async function* allRows(database: Database, query: Omit<RowQuery, 'cursor' | 'limit'>): AsyncGenerator<ReportRow> {
  let cursor: string | null = '0';
  while (cursor !== null) {
    const page: Page<ReportRow> = await listRows(database, { ...query, cursor, limit: batch });
    yield* page.items;
    cursor = page.next;
  }
}

function position(cursor: string | undefined): number {
  const ordinal = Number(cursor ?? '0');
  if (Number.isInteger(ordinal) && ordinal >= 0 && ordinal <= 2_147_483_647) return ordinal;
  throw new Failure('requestInvalid', { values: { problem: 'the cursor is not one that a list has given' } });
}

/** The message is the catalogue's sentence, so it is put in when a row is read. */
function reportRow(row: Row): ReportRow {
  return {
    sheet: row.sheet,
    row: row.row_no,
    externalId: row.external_id,
    result: row.result,
    issues: (row.issues ?? []).map(({ code, ...details }) => {
      const { severity, column, found, expected, message } = issue(code, details);
      return { code, severity, column, found, expected, message };
    }),
  };
}
