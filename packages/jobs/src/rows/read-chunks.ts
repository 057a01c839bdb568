import type { PoolClient } from '@rosterport/database';
import type { JobId, RowResult } from '@rosterport/domain';
import type { KeptRow, RowFilter, Span } from './kept-rows.ts';
import { unpackPlaces } from './place-chunk.ts';

/** The result of the rows of a job that have no row of their own; `null` for a job from before there were chunks, or without rows. */
export async function usualResultOf(client: PoolClient, jobId: JobId): Promise<RowResult | null> {
  const { rows } = await client.query<{ result: RowResult }>('select usual_result as result from row_chunks where job_id = $1 limit 1', [jobId]);
  return rows[0]?.result ?? null;
}

/** A chunk of a job's rows as it is kept. */
export interface KeptChunk extends Span {
  readonly usualResult: RowResult;
  readonly places: Buffer;
}

/** Where to look for a chunk. */
export interface ChunkSearch {
  readonly from: number;
  /** Only a chunk in which a row has the usual result. */
  readonly withUsual: boolean;
}

/** The first chunk that holds the ordinal or a later one. */
export async function nextChunk(client: PoolClient, jobId: JobId, { from, withUsual }: ChunkSearch): Promise<KeptChunk | null> {
  const { rows } = await client.query<KeptChunk>(
    `select first_ordinal as "from", first_ordinal + rows - 1 as "to", usual_result as "usualResult", places from row_chunks
     where job_id = $1 and first_ordinal + rows > $2
       and first_ordinal >= coalesce((select max(first_ordinal) from row_chunks where job_id = $1 and first_ordinal <= $2), 0)
       ${withUsual ? 'and others < rows' : ''}
     order by first_ordinal limit 1`,
    [jobId, from],
  );
  return rows[0] ?? null;
}

/** The chunks, from the ordinal on, in which a row with such a result has such a finding. */
export async function spansWithFindings(client: PoolClient, jobId: JobId, { from, result, code }: { readonly from: number } & RowFilter): Promise<readonly Span[]> {
  const { rows } = await client.query<Span>(
    `select greatest(first_ordinal, $2) as "from", first_ordinal + rows - 1 as "to" from row_chunks
     where job_id = $1 and first_ordinal + rows > $2 and exists (
       select from unnest(findings) f
       where ($3::text is null or split_part(f, ':', 1) = $3) and ($4::text is null or split_part(f, ':', 2) = $4))
     order by first_ordinal`,
    [jobId, from, result ?? null, code ?? null],
  );
  return rows;
}

/** The rows of a span inside a chunk: those that have a row of their own as they are, all others with the usual result. */
export function unfold({ from: first, usualResult, places }: KeptChunk, { from, to }: Span, kept: readonly KeptRow[]): KeptRow[] {
  const own = new Map(kept.map((row) => [row.ordinal, row]));
  return unpackPlaces(places)
    .slice(from - first, to - first + 1)
    .map((place, index) => own.get(from + index) ?? { ordinal: from + index, ...place, result: usualResult, issues: null });
}

/** Spans that follow one another without a gap as one: one at first, then up to two, four and so on. */
export function* widening(spans: readonly Span[]): Generator<Span> {
  let [wide, width, most]: [Span | null, number, number] = [null, 0, 1];
  for (const span of spans) {
    if (wide !== null && width < most && span.from === wide.to + 1) {
      [wide, width] = [{ from: wide.from, to: span.to }, width + 1];
    } else {
      if (wide !== null) yield wide;
      [wide, width, most] = [span, 1, wide === null ? 1 : 2 * most];
    }
  }
  if (wide !== null) yield wide;
}
