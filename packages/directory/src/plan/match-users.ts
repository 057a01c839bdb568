import { analyzeWork } from '../work/analyze-work.ts';
import { dropPeopleIndexes } from '../work/people-indexes.ts';
import { adoptByEmail } from './adopt-by-email.ts';
import type { PlanContext } from './file-facts.ts';
import { people, repeatedRows } from './people.ts';
import { keepsPlannedAhead, mergeRepeated } from './plan-ahead.ts';
import { planPeople } from './plan-people.ts';

/** From so many rows on it costs more to put the people into the order of the file than to look whether anybody is known. */
const many = 5_000;

/**
 * Draws an id for each row of a large file of a source that has nobody yet, and returns the one before the first; none where
 * somebody is known, or where others have drawn ids meanwhile. By the order of these ids the rows need not be sorted.
 */
async function idBeforeFirst({ client, sourceId, file }: PlanContext): Promise<string | null> {
  if (file.userRows < many) return null;
  // In the order of an index, so that nobody goes through the people of all sources.
  const { rowCount } = await client.query('select from users where source_id = $1 order by external_id limit 1', [sourceId]);
  if (rowCount !== 0) return null;
  const { rows } = await client.query<{ before: string }>(
    `select (min(id) - 1)::text as before
     from (select nextval('users_id_seq') as id from generate_series(1, (select max(ordinal) from in_users))) drawn
     having max(id) - min(id) + 1 = count(*)`,
  );
  return rows[0]?.before ?? null;
}

/** Plans all people of the file at once. */
async function planAll(context: PlanContext, hasAdopted: boolean): Promise<void> {
  const { client, sourceId } = context;
  const idBefore = hasAdopted ? null : await idBeforeFirst(context);
  const how = hasAdopted ? 'byEmail' : idBefore === null ? 'byId' : 'nobody';
  const id = idBefore === null ? `coalesce(u.id, nextval('users_id_seq'))` : '$1::bigint + a.ordinal';
  const rest = idBefore === null ? 'order by a.ordinal' : '';
  await client.query(`with repeated as materialized (${repeatedRows}) ${planPeople({ how, people, id, rest })}`, [idBefore ?? sourceId]);
}

/**
 * Finds each person of the file in the directory, by the external id within the source or as `adoptByEmail` says, and works
 * out what the person would be after the file: an empty cell leaves the value, the clear token empties it. New people get
 * ascending ids in the order of the file, in which lists then show them.
 *
 * Somebody unknown who is inactive in the file is skipped. An inactive person whose `Active` cell is empty comes back only
 * if absence was the cause.
 */
export async function matchUsers(context: PlanContext): Promise<void> {
  const { client, file } = context;
  const hasAdopted = await adoptByEmail(context);
  await dropPeopleIndexes(client, file.userRows);
  if (!hasAdopted && (await keepsPlannedAhead(context))) await mergeRepeated(client);
  else await planAll(context, hasAdopted);
  await client.query(analyzeWork('plan_users'));
  if (!file.hasInactive) return;
  await client.query(
    `insert into findings (ordinal, code, severity)
     select r.ordinal, 'validateUserExists', 'warning' from plan_users p join in_users r using (external_id) where p.skipped`,
  );
}
