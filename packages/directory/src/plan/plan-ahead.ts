import type { PoolClient } from '@rosterport/database';
import type { JobContext } from '../work/job-context.ts';
import { dropPeopleIndexes } from '../work/people-indexes.ts';
import type { PlanContext } from './file-facts.ts';
import { eachRow, mergedPeople, repeatedRows } from './people.ts';
import { planPeople } from './plan-people.ts';

/** Plans the people of a large file part by part, while the rest of it is still read. */
export interface AheadPlan {
  /** Rows are planned when about so many bytes of them are staged. */
  readonly partBytes: number;
  /** Plans the rows that were staged since the last time. */
  planStaged(): Promise<void>;
  /** How many people it has planned. */
  readonly people: number;
}

/** Somebody of the source or whom an e-mail of the file may mean, each asked for in the order of an index. */
const anybody = `
  (select true from users where source_id = $1 order by external_id limit 1)
  union all (select true from users where tenant_id = $2 order by id >> 10 limit 1)`;

const newcomers = planPeople({ how: 'nobody', people: `${eachRow} and r.ctid > $1::tid`, id: `nextval('users_id_seq')` });

/** Before the first row of a table. */
const nowhere = '(0,0)';

/**
 * Prepares for planning while rows are staged: of a tenant that has nobody yet each row is somebody new, whatever the other rows
 * are, but for what `mergeRepeated` puts right. Must run before the first row of users is staged, in a transaction that holds the
 * directory's lock. Returns `null` where somebody is known; then people are planned when all rows are there.
 *
 * Rows are told apart by where they lie: into a table that the transaction itself has emptied the server puts each row behind
 * those before. It may put them elsewhere, which `keepsPlannedAhead` finds out.
 */
export async function planAhead({ client, sourceId, tenantId }: Pick<JobContext, 'client' | 'sourceId' | 'tenantId'>, partBytes: number): Promise<AheadPlan | null> {
  if ((await client.query(anybody, [sourceId, tenantId])).rowCount !== 0) return null;
  await client.query('truncate in_users, plan_users');
  await dropPeopleIndexes(client, Infinity);
  let last = nowhere;
  let planned = 0;
  return {
    partBytes,
    get people() {
      return planned;
    },
    planStaged: async () => {
      planned += (await client.query(newcomers, [last])).rowCount ?? 0;
      const { rows } = await client.query<{ last: string | null }>('select max(ctid)::text as last from in_users where ctid > $1::tid', [last]);
      last = rows[0]?.last ?? last;
    },
  };
}

/** True when every row that can be planned was planned ahead, and exactly once. If not, nobody counts as planned. */
export async function keepsPlannedAhead({ client, plannedAhead = 0, file }: PlanContext): Promise<boolean> {
  if (plannedAhead === 0) return false;
  // No row lies behind two ends, so that equal numbers mean the same rows.
  if (plannedAhead === file.userRows - file.faultyUsers) return true;
  await client.query('truncate plan_users');
  return false;
}

/** People who stand in several rows and were planned with each of them are planned once, under the first of their new ids, or not at all. */
export async function mergeRepeated(client: PoolClient): Promise<void> {
  const { rowCount } = await client.query(`select from in_repeated where kind = 'users' limit 1`);
  if (rowCount === 0) return;
  await client.query(
    `with repeated as materialized (${repeatedRows}),
     planned as (
       delete from plan_users p using in_repeated m where m.kind = 'users' and m.external_id = p.external_id returning p.external_id, p.user_id),
     drawn as materialized (select external_id, min(user_id) as id from planned group by external_id)
     ${planPeople({ how: 'nobody', people: mergedPeople, id: 'drawn.id', rest: 'join drawn on drawn.external_id = a.external_id' })}`,
  );
}
