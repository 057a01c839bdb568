import type { PoolClient } from '@rosterport/database';
import type { JobId } from '@rosterport/domain';

/** What earlier files of a job's source and feed did. Times are ISO 8601 in UTC. */
export interface JobHistory {
  /** When the job's own file came to be. */
  readonly file: { readonly receivedAt: string; readonly modifiedAt: string | null };
  readonly history: {
    readonly deactivatedLastDay: number;
    /** How many people the files updated, each as often as it was done. */
    readonly updatedLastDay: number;
    /** The jobs that updated anybody, for whoever counts people rather than updates. */
    readonly jobsLastDay: readonly JobId[];
    readonly lastFullRows: number | null;
    readonly lastApplied: { readonly receivedAt: string; readonly modifiedAt: string | null } | null;
  };
}

interface HistoryRow {
  readonly received_at: Date;
  readonly modified_at: Date | null;
  readonly deactivated: number;
  readonly updated: number;
  readonly jobs: JobId[] | null;
  readonly last_full_rows: number | null;
  readonly last_received_at: Date | null;
  readonly last_modified_at: Date | null;
}

/** Applied files of the same source; what was undone does not count. */
const earlier = `e.source_id = j.source_id and e.kind = 'file' and e.state = 'applied' and e.reverted_by is null and e.id <> j.id`;

/** What a person has approved was seen, and is no bleeding: it would only make every later file of the day a held one. */
const unseen = `not exists (select from events v where v.job_id = e.id and v.kind = 'jobApproved')`;

/**
 * What earlier files of the job's source (the last 24 hours) and feed (the last ones) did. A file that holds people is
 * compared with the last one that did, and one without people with the last of those: exports write several files, and
 * send them in another order.
 */
export async function historyOf(client: PoolClient, jobId: JobId, holdsPeople: boolean): Promise<JobHistory> {
  const { rows } = await client.query<HistoryRow>(
    `select j.received_at, j.file_modified_at as modified_at, coalesce(d.deactivated, 0)::int as deactivated,
       coalesce(d.updated, 0)::int as updated, d.jobs, l.user_rows as last_full_rows, a.received_at as last_received_at,
       a.file_modified_at as last_modified_at
     from jobs j
     left join lateral (
       select sum((e.changes ->> 'usersDeactivated')::int) as deactivated, sum((e.changes ->> 'usersUpdated')::int) as updated,
         array_agg(e.id) filter (where (e.changes ->> 'usersUpdated')::int > 0) as jobs
       from jobs e where ${earlier} and ${unseen} and e.finished_at > now() - interval '24 hours') d on true
     left join lateral (
       select e.user_rows from jobs e
       where e.feed_id = j.feed_id and ${earlier} and e.mode = 'full' and e.user_rows is not null
       order by e.finished_at desc limit 1) l on true
     left join lateral (
       select e.received_at, e.file_modified_at from jobs e
       where e.feed_id = j.feed_id and ${earlier} and (e.user_rows is not null) = $2
       order by e.finished_at desc limit 1) a on true
     where j.id = $1`,
    [jobId, holdsPeople],
  );
  const [row] = rows;
  if (row === undefined) throw new TypeError(`There is no job ${jobId}.`);
  return {
    file: { receivedAt: row.received_at.toISOString(), modifiedAt: row.modified_at?.toISOString() ?? null },
    history: {
      deactivatedLastDay: row.deactivated,
      updatedLastDay: row.updated,
      jobsLastDay: row.jobs ?? [],
      lastFullRows: row.last_full_rows,
      lastApplied:
        row.last_received_at === null
          ? null
          : { receivedAt: row.last_received_at.toISOString(), modifiedAt: row.last_modified_at?.toISOString() ?? null },
    },
  };
}
