import type { PoolClient } from '@rosterport/database';
import type { JobId } from '@rosterport/domain';

/** What of a job is taken in many steps: its row results with its planned changes, or its journal. */
export type RemovalKind = 'rows' | 'journal';

/** One step of retention: what ended before a moment, at most so much of it at once. */
export interface RemovalStep {
  readonly before: Date;
  readonly now: Date;
  readonly limit: number;
}

/** The jobs that ended before the moment and whose sealed file is still there, those that ended first at the front. */
export async function jobsWithOldFiles(client: PoolClient, { before, limit }: RemovalStep): Promise<readonly JobId[]> {
  const { rows } = await client.query<{ id: JobId }>(
    `select id from jobs where finished_at < $1 and file_removed_at is null and kind = 'file' order by finished_at limit $2`,
    [before, limit],
  );
  return rows.map(({ id }) => id);
}

/** Notes that the sealed files of the jobs are gone. */
export async function noteFilesRemoved(client: PoolClient, jobIds: readonly JobId[], now: Date): Promise<void> {
  await client.query('update jobs set file_removed_at = $2 where id = any($1) and file_removed_at is null', [jobIds, now]);
}

const markers: Readonly<Record<RemovalKind, string>> = { rows: 'rows_removed_at', journal: 'journal_removed_at' };

/** A revert reads the journal of its job and of all that came after it. */
const wanted: Readonly<Record<RemovalKind, string>> = {
  rows: '',
  journal: `and not exists (select from jobs r where r.tenant_id = j.tenant_id and r.kind = 'revert' and r.finished_at is null)`,
};

/**
 * Marks what the jobs that ended before the moment have kept as removed, and puts it down to be taken: from then on nobody
 * counts on it, and a run that is cut short is gone on with. Jobs that are not finished are left alone, and so is the journal
 * of a tenant that has a revert under way. Returns how many jobs were marked; when they are as many as the limit, there may be more.
 */
export async function beginRemovals(client: PoolClient, what: RemovalKind, { before, now, limit }: RemovalStep): Promise<number> {
  const marker = markers[what];
  await client.query('begin');
  // A revert is asked for under the lock of its job, so only what is seen after the lock was got is certain.
  const { rows } = await client.query<{ id: JobId }>(
    `select j.id from jobs j where j.finished_at < $1 and j.${marker} is null ${wanted[what]}
     order by j.finished_at limit $2 for update of j`,
    [before, limit],
  );
  const { rowCount } = await client.query(
    `with marked as (
       update jobs j set ${marker} = $2 where j.id = any($1) ${wanted[what]} returning j.id)
     insert into removals (job_id, what) select id, $3 from marked on conflict do nothing`,
    [rows.map(({ id }) => id), now, what],
  );
  await client.query('commit');
  return rowCount ?? 0;
}

/** Some jobs of which something marked is still to be taken. */
export async function openRemovals(client: PoolClient, what: RemovalKind, limit: number): Promise<readonly JobId[]> {
  const { rows } = await client.query<{ job_id: JobId }>('select job_id from removals where what = $1 order by job_id limit $2', [what, limit]);
  return rows.map((row) => row.job_id);
}

/** Notes that all that was marked of the job has been taken. */
export async function endRemoval(client: PoolClient, what: RemovalKind, jobId: JobId): Promise<void> {
  await client.query('delete from removals where job_id = $1 and what = $2', [jobId, what]);
}

/** How much one step has taken of a job. */
export interface RemovedRows {
  /** Data rows whose results are gone. */
  readonly rowResults: number;
  readonly plannedChanges: number;
  /** Whether there may be more. */
  readonly more: boolean;
}

/**
 * Takes row results and planned changes of a job from the front of its file, of those that have a row of their own in the
 * database about `limit` at most: what most rows of a job share goes by the chunk.
 */
export async function removeRows(client: PoolClient, jobId: JobId, limit: number): Promise<RemovedRows> {
  const { rows } = await client.query<{ chunked: number; own: number; more: boolean }>(
    `with ahead as (select ordinal from row_results where job_id = $1 order by ordinal offset $2 limit 1),
     last as (select coalesce(
       case when not exists (select from ahead) then 2147483647 end,
       (select max(first_ordinal + rows - 1) from row_chunks where job_id = $1 and first_ordinal + rows <= (select ordinal from ahead)),
       (select min(first_ordinal + rows - 1) from row_chunks where job_id = $1),
       (select ordinal - 1 from ahead)) as ordinal),
     chunks as (delete from row_chunks where job_id = $1 and first_ordinal <= (select ordinal from last) returning rows),
     own as (delete from row_results where job_id = $1 and ordinal <= (select ordinal from last) returning 1)
     select (select coalesce(sum(rows), 0)::int from chunks) as chunked, (select count(*)::int from own) as own,
       exists (select from ahead) as more`,
    [jobId, limit],
  );
  const changes = await client.query(
    'delete from planned_changes where id in (select id from planned_changes where job_id = $1 limit $2)',
    [jobId, limit],
  );
  const { chunked = 0, own = 0, more = false } = rows[0] ?? {};
  const plannedChanges = changes.rowCount ?? 0;
  return { rowResults: chunked > 0 ? chunked : own, plannedChanges, more: more || plannedChanges === limit };
}

/** Takes at most so many of the events before the moment. Returns how many there were. */
export async function removeEvents(client: PoolClient, { before, limit }: Omit<RemovalStep, 'now'>): Promise<number> {
  const { rowCount } = await client.query(
    'delete from events where id in (select id from events where at < $1 order by at limit $2)',
    [before, limit],
  );
  return rowCount ?? 0;
}
