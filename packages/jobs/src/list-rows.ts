import { withClient, type Database, type PoolClient } from '@rosterport/database';
import { Failure, issue, type JobId, type Page, type ReportRow } from '@rosterport/domain';
import { keptRows, knownResult, lastOrdinal, type KeptRow, type RowFilter } from './rows/kept-rows.ts';
import { rowsPerChunk } from './rows/place-chunk.ts';
import { nextChunk, spansWithFindings, unfold, usualResultOf, widening, type KeptChunk } from './rows/read-chunks.ts';

/** Which rows of a job to list. */
export interface RowQuery extends RowFilter {
  readonly jobId: JobId;
  /** The `next` of the page before. */
  readonly cursor?: string;
  /** How many at most. */
  readonly limit: number;
}

/** A page of a job's row results, in file order. Fails with `requestInvalid` when the cursor is not one of ours. */
export async function listRows(database: Database, query: RowQuery): Promise<Page<ReportRow>> {
  if (query.result !== undefined) knownResult(query.result);
  const wanted = { ...query, from: position(query.cursor) + 1, limit: query.limit + 1 };
  const rows = await withClient(database, async (client) => {
    // A held job may be planned anew between two statements, and then another result is the usual one.
    await client.query('begin isolation level repeatable read read only');
    const found = await findRows(client, wanted);
    await client.query('commit');
    return found;
  });
  const shown = rows.slice(0, query.limit);
  return { items: shown.map(reportRow), next: rows.length > query.limit ? String(shown.at(-1)?.ordinal) : null };
}

interface Wanted extends RowFilter {
  readonly jobId: JobId;
  readonly from: number;
  readonly limit: number;
}

async function findRows(client: PoolClient, wanted: Wanted): Promise<readonly KeptRow[]> {
  const { jobId, from, result, code, withIssues, limit } = wanted;
  const isFound = code !== undefined || withIssues === true;
  const isUsual = !isFound && (result === undefined || result === (await usualResultOf(client, jobId)));
  const chunk = isUsual ? await nextChunk(client, jobId, { from, withUsual: result !== undefined }) : null;
  if (chunk !== null) return rowsOfChunks(client, wanted, chunk);
  const isRare = code !== undefined || (isFound && result !== undefined);
  if (isRare && (await usualResultOf(client, jobId)) !== null) return rowsWithFindings(client, wanted);
  return keptRows(client, { ...wanted, to: lastOrdinal }, limit);
}

/** All rows from the chunk on, or those with its usual result. */
async function rowsOfChunks(client: PoolClient, { jobId, from, result, limit }: Wanted, first: KeptChunk): Promise<readonly KeptRow[]> {
  const found: KeptRow[] = [];
  for (let chunk: KeptChunk | null = first; chunk !== null && found.length < limit; ) {
    const begin = Math.max(from, chunk.from);
    const span = { from: begin, to: result === undefined ? Math.min(chunk.to, begin + limit - found.length - 1) : chunk.to };
    const rows = unfold(chunk, span, await keptRows(client, { jobId, ...span }, rowsPerChunk));
    found.push(...rows.filter((row) => result === undefined || row.result === result).slice(0, limit - found.length));
    if (found.length < limit) chunk = await nextChunk(client, jobId, { from: chunk.to + 1, withUsual: result !== undefined });
  }
  return found;
}

/** In each chunk that is looked into there is such a row; the more have been looked into, the more are looked into at once. */
async function rowsWithFindings(client: PoolClient, wanted: Wanted): Promise<readonly KeptRow[]> {
  const found: KeptRow[] = [];
  for (const span of widening(await spansWithFindings(client, wanted.jobId, wanted))) {
    found.push(...(await keptRows(client, { ...wanted, ...span }, wanted.limit - found.length)));
    if (found.length === wanted.limit) break;
  }
  return found;
}

/** All row results of a job, or those that the query picks, in file order and in bounded memory. */
export async function* allRows(database: Database, query: Omit<RowQuery, 'cursor' | 'limit'>): AsyncGenerator<ReportRow> {
  let cursor: string | null = '0';
  while (cursor !== null) {
    // One row more is asked for than shown, and a chunk should be read once.
    const page: Page<ReportRow> = await listRows(database, { ...query, cursor, limit: 2 * rowsPerChunk });
    yield* page.items;
    cursor = page.next;
  }
}

function position(cursor: string | undefined): number {
  const ordinal = Number(cursor ?? '0');
  if (Number.isInteger(ordinal) && ordinal >= 0 && ordinal < lastOrdinal) return ordinal;
  throw new Failure('requestInvalid', { values: { problem: 'the cursor is not one that a list has given' } });
}

/** The message is the catalogue's sentence, so it is put in when a row is read. */
function reportRow({ sheet, row, externalId, result, issues }: KeptRow): ReportRow {
  return {
    ...{ sheet, row, externalId, result },
    issues: (issues ?? []).map(({ code, ...details }) => {
      const { severity, column, found, expected, message } = issue(code, details);
      return { code, severity, column, found, expected, message };
    }),
  };
}
