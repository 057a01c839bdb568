import type { Database } from '@rosterport/database';

/** What must have become of the jobs of a run. */
export interface Drained {
  readonly jobIds: readonly string[];
  readonly rows: number;
  readonly changed: number;
}

/**
 * Makes sure that every job was applied at its first try with the rows and changes of its file, and that no tenant's job began
 * before the one sealed before it had ended. Returns the seconds from the begin of the first of the jobs to the end of the last.
 */
export async function checkDrained(database: Database, { jobIds, rows, changed }: Drained): Promise<number> {
  const { rows: found } = await database.pool.query<{ wrong: number; astray: number; seconds: number }>(
    `with ours as (select * from jobs where id = any($1)),
     ordered as (
       select started_at, lag(finished_at) over (partition by tenant_id order by sealed_at, id) as before from jobs where kind = 'file')
     select $2 - (count(*) filter (where state = 'applied' and attempts = 1 and (counts ->> 'unchanged')::int = $3
         and (counts ->> 'updated')::int = $4))::int as wrong,
       (select count(*)::int from ordered where before > started_at) as astray,
       extract(epoch from max(finished_at) - min(started_at))::float8 as seconds
     from ours`,
    [jobIds, jobIds.length, rows - changed, changed],
  );
  const [outcome] = found;
  if (outcome === undefined || outcome.wrong > 0 || outcome.astray > 0) {
    throw new Error(`The outcome is wrong: ${outcome?.wrong ?? 'all'} jobs did not end as they should, ${outcome?.astray ?? 0} began too early.`);
  }
  return outcome.seconds;
}
